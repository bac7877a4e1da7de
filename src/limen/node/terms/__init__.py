"""The words of reports: taxonomy, issuers, places, carriers, with codes, translations and mappings."""
