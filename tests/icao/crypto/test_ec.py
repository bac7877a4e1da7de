"""Points and curves: what PACE, Chip Authentication and signatures compute with."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limen.icao.crypto import (
    CURVES,
    CryptoError,
    UnsupportedError,
    add,
    curve_by_oid,
    curve_by_parameters,
    curve_named,
    decode_point,
    ecdh_x,
    encode_point,
    is_on_curve,
    multiply,
)

# Doc 9303-11 appendix G.1: the shared secret of the mapping, on brainpoolP256r1.
TERMINAL_PRIVATE = 0x7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99
CHIP_X = 0x824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
class TestEveryCurve:
    def test_it_is_found_by_identifier_name_and_numbers(self, curve):
        """A curve has one identity, however it is stated."""
        assert curve_by_oid(curve.oid) is curve
        assert curve_named(curve.name) is curve
        assert curve_by_parameters(curve.p, curve.a - curve.p, curve.b, curve.n) is curve

    def test_multiples_agree_with_sums(self, curve):
        """5P = 2P + 3P, for the generator and for another point, whichever library multiplies."""
        point = multiply(curve, 0xC0FFEE1234567)
        assert is_on_curve(curve, point)
        for base in (curve.g, point):
            two, three = multiply(curve, 2, base), multiply(curve, 3, base)
            assert multiply(curve, 5, base) == add(curve, two, three)
            assert add(curve, base, base) == two
            assert multiply(curve, 1, base) == base
            assert multiply(curve, curve.n - 1, base) == (base[0], curve.p - base[1])
            assert multiply(curve, curve.n - 2, base) == (two[0], curve.p - two[1])

    def test_both_sides_agree_on_a_secret(self, curve):
        """a(bG) = b(aG), as octets of the curve's size."""
        first, second = 0x1234567890ABCDEF, 0xFEDCBA9876543
        secret = ecdh_x(curve, first, multiply(curve, second))
        assert secret == ecdh_x(curve, second, multiply(curve, first))
        assert len(secret) == curve.size

    def test_infinity_is_refused(self, curve):
        """n times a point, and a point plus its negative, are no points."""
        with pytest.raises(CryptoError):
            multiply(curve, curve.n)
        with pytest.raises(CryptoError):
            ecdh_x(curve, 2 * curve.n, curve.g)
        with pytest.raises(CryptoError):
            add(curve, curve.g, (curve.g[0], curve.p - curve.g[1]))

    def test_encodings_are_undone(self, curve):
        """A point comes back from its long and from its compressed form."""
        for k in (1, 2, 77):
            point = multiply(curve, k)
            long = encode_point(curve, point)
            assert decode_point(curve, long) == point
            assert decode_point(curve, bytes([2 + point[1] % 2]) + long[1 : 1 + curve.size]) == point

    def test_points_off_the_curve_are_refused(self, curve):
        """No operation takes an invalid point: small subgroups of other curves would give keys away."""
        wrong = (curve.g[0], (curve.g[1] + 1) % curve.p)
        for refuse in (
            lambda: multiply(curve, 3, wrong),
            lambda: add(curve, wrong, curve.g),
            lambda: ecdh_x(curve, 3, wrong),
            lambda: decode_point(curve, encode_point(curve, wrong)),
            lambda: decode_point(curve, b"\x00"),
            lambda: decode_point(curve, b""),
        ):
            with pytest.raises(CryptoError):
                refuse()


def test_unknown_curves_are_refused():
    """One other number makes it another curve."""
    curve = curve_named("secp256r1")
    for numbers in ((curve.p, curve.a, curve.b + 1, curve.n), (curve.p, curve.a, curve.b, curve.n + 2), (0, 0, 0, 0)):
        with pytest.raises(UnsupportedError):
            curve_by_parameters(*numbers)
    with pytest.raises(UnsupportedError):
        curve_by_oid("1.2.3")
    with pytest.raises(UnsupportedError):
        curve_named("secp112r1")


def test_a_worked_example_of_the_standard():
    """The mapping's shared secret of Doc 9303-11 is found from the terminal's key and the chip's point."""
    curve = curve_named("brainpoolP256r1")
    chip = decode_point(curve, b"\x02" + CHIP_X.to_bytes(32, "big"))
    secret = multiply(curve, TERMINAL_PRIVATE, chip)
    assert secret[0] == 0x60332EF2450B5D247EF6D3868397D398852ED6E8CAF6FFEEF6BF85CA57057FD5


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CURVES), st.binary(max_size=140))
def test_any_octets_are_a_point_or_refused(curve, data):
    """Decoding raises nothing but its own error, and what it gives lies on the curve."""
    try:
        point = decode_point(curve, data)
    except CryptoError:
        return
    assert is_on_curve(curve, point)
