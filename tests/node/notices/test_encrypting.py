"""Encryption for browsers, held against the example of the standard and against another implementation."""

from __future__ import annotations

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from limen.node.notices.encrypting import MOST, encrypt, encrypt_with, padded
from limen.node.notices.keys import as_bytes, as_text, uncompressed

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

# RFC 8291, section 5 and appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
SERVER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SALT, AUTH = "DGv6ra1nlYgDCS1FRnbzlw", "BTBZMqHH6r4Tts7J_aSIgg"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_standards_own_example():
    """The same keys and salt give the same octets."""
    once = ec.derive_private_key(int.from_bytes(as_bytes(SERVER), "big"), ec.SECP256R1())
    assert as_text(encrypt_with(TEXT, as_bytes(BROWSER), as_bytes(AUTH), once, as_bytes(SALT))) == BODY


@untimed
@given(st.binary(max_size=MOST), st.binary(min_size=16, max_size=16))
def test_another_implementation_reads_it(text, auth):
    """What is encrypted for a browser, the browser's key opens."""
    key = ec.generate_private_key(ec.SECP256R1())
    body = encrypt(text, uncompressed(key.public_key()), auth)
    assert http_ece.decrypt(body, private_key=key, auth_secret=auth) == text


@untimed
@given(st.binary(max_size=MOST))
def test_the_length_tells_little(text):
    """Texts are padded with what JSON ignores, never beyond what a push service takes."""
    longer = padded(text)
    assert longer.startswith(text)
    assert not longer[len(text) :].strip(b" ")
    assert len(longer) % 256 == 0 or len(longer) == MOST


def test_what_is_too_long_is_refused():
    """A push service would refuse it."""
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(ValueError, match="too long"):
        encrypt(b"x" * (MOST + 1), uncompressed(key.public_key()), b"a" * 16)
