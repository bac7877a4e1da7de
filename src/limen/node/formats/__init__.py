"""How dates are written, by language: as ISO 8601 has them, since readers of many countries read 11/10 apart."""
