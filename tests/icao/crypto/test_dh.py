"""The standardized Diffie-Hellman groups."""

import pytest

from limen.icao.crypto import DH_GROUPS, CryptoError, UnsupportedError, check_dh_public, dh_group


@pytest.mark.parametrize("identifier", [0, 1, 2])
def test_a_group_is_what_it_says(identifier):
    """The generator has order q, which divides p - 1; sizes are those of RFC 5114."""
    group = dh_group(identifier)
    assert pow(group.g, group.q, group.p) == 1
    assert (group.p - 1) % group.q == 0
    assert (group.p.bit_length(), group.q.bit_length()) == ((1024, 160), (2048, 224), (2048, 256))[identifier]
    assert group.size == group.p.bit_length() // 8


def test_members_of_small_subgroups_are_refused():
    """1, -1 and numbers outside the subgroup are no public keys; a power of the generator is one."""
    for group in DH_GROUPS:
        check_dh_public(group, pow(group.g, 12345, group.p))
        for wrong in (0, 1, group.p - 1, group.p, -pow(group.g, 3, group.p) % group.p):
            with pytest.raises(CryptoError):
                check_dh_public(group, wrong)


@pytest.mark.parametrize("identifier", [-1, 3, 8])
def test_other_identifiers_are_refused(identifier):
    """Only 0, 1 and 2 name groups of integers."""
    with pytest.raises(UnsupportedError):
        dh_group(identifier)
