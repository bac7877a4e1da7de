"""The words of reports: taxonomy, issuers, places, carriers, with codes, translations and mappings."""


def label(kind: str, code: str, language: str | None = None) -> str:
    """Say a code in words."""
    return code


def choices(kind: str, parent: str | None = None) -> list[tuple[str, str]]:
    """List the codes of a kind with their labels."""
    return []
