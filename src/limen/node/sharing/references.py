"""References of records: drawn, so that people can read them out and nobody can count by them: R26-7KQ2-MBX4."""

from __future__ import annotations

import secrets

from django.utils import timezone

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters that cannot be taken for one another."""


def drawn(letter: str) -> str:
    """Draw one of this year, with the letter that says what it is of.

    Of a million, two in a million new ones meet one that is taken; whoever makes a record then tries again.
    """
    word = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{letter}{timezone.now():%y}-{word[:4]}-{word[4:]}"
