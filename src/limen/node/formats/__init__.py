"""How dates and times are written, by language: as ISO 8601 has it, since readers of many countries read 11/10 apart."""
