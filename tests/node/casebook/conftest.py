"""Who writes and reads case studies in these tests, and a case study that lacks nothing."""

import pytest

from limen.node.casebook import drafting, stepping
from limen.node.sharing.viewer import viewing

WRITTEN = {
    "title": "A counterfeit seen by its edges",
    "issuer": "UTO",
    "category": "passport",
    "fraud_class": "counterfeit",
    "methods": ["whole_counterfeit"],
    "difficulty": "2",
    "features": "Edges cut by hand\nNo ultraviolet fibres",
    "lesson": "Feel the edges before you look at the print.",
}


@pytest.fixture
def agency(make):
    """Whose case studies these are."""
    return make.agency()


@pytest.fixture
def examiner(make, agency):
    """Who writes them."""
    return make.officer(agency, "examiner")


@pytest.fixture
def stranger(make):
    """An officer of another agency."""
    return make.officer(make.agency(), "examiner")


@pytest.fixture
def write(examiner):
    """Write a case study that lacks nothing for its release: `write(officer, title="...")`."""

    def written(officer=examiner, **values):
        with viewing(officer.pk):
            case = drafting.begin(officer, WRITTEN | values)
            stepping.add_step(case, officer, {"text": "Turned under ultraviolet.", "tool": "light", "light": "uv"})
        return case

    return written
