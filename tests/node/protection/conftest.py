"""Agencies with protection officers, and screenings."""

import pytest

from limen.node.protection import acting, contacts
from limen.node.protection.assessing import Given
from limen.node.sharing.viewer import viewing


@pytest.fixture
def here(make):
    """An agency with an officer of every role."""
    return _staff(make)


@pytest.fixture
def there(make):
    """Another agency with an officer of every role."""
    return _staff(make)


def _staff(make):
    agency = make.agency(country="THA")
    roles = ("counter", "examiner", "analyst", "coordinator", "administrator", "protection")
    return {"agency": agency} | {role: make.officer(agency, role) for role in roles}


@pytest.fixture
def screened():
    """Begin a screening, and write into it: `screened(officer, answers={"threats.leave": "no"})`."""

    def made(officer, answers=None, kind="", reference="", hand_over=False, **values):
        with viewing(officer.pk):
            screening = acting.begin(officer, kind=kind, reference=reference)
            given = {code: Given(said) for code, said in (answers or {}).items()}
            screening = acting.write(screening, officer, {"observations": "token-seen"} | values, given)
            if hand_over:
                acting.hand_over(screening, officer)
        return screening

    return made


@pytest.fixture
def contact():
    """Enter a contact: `contact(coordinator, partner=agency)`."""

    def made(officer, partner=None, **values):
        known = {"country": "THA", "name": "Invented Line", "phone": "+00 000 0000", "is_active": "1"}
        with viewing(officer.pk):
            return contacts.keep(officer, None, known | {"partner": partner.code if partner else ""} | values)

    return made
