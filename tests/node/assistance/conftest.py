"""Two services and a stranger, and a request from one to the other."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from limen.cli import main
from limen.node.assistance import acting
from limen.node.sharing import releasing, rules
from limen.node.sharing.classes import FieldClass
from limen.node.sharing.markings import Marking
from limen.node.sharing.models import State
from limen.node.sharing.viewer import viewing

SPECIMEN = Path(__file__).parents[3] / "specimens" / "passport-scan.jpg"
ASKED = {"question": "Is the laminate of this model?", "issuer": "UTO", "category": "passport", "priority": "soon"}


@pytest.fixture
def people(make):
    """Agencies a, b and c, and of each a counter officer, two examiners and a coordinator."""

    def staff(code):
        agency = make.agency(code=code, name=f"Agency {code.upper()}")
        return SimpleNamespace(
            agency=agency,
            counter=make.officer(agency, "counter"),
            examiner=make.officer(agency, "examiner"),
            second=make.officer(agency, "examiner"),
            coordinator=make.officer(agency, "coordinator"),
            analyst=make.officer(agency, "analyst"),
        )

    return SimpleNamespace(a=staff("a"), b=staff("b"), c=staff("c"))


@pytest.fixture
def draft(people):
    """Begin a request of A to B that lacks nothing: `draft(number="X1")`."""

    def begun(officer=None, **values):
        officer = officer or people.a.counter
        with viewing(officer.pk):
            return acting.begin(officer, values=ASKED | {"asked": people.b.agency.code} | values)

    return begun


@pytest.fixture
def send(people):
    """Send a draft, by two people where two are needed."""

    def sent(request, classes=FieldClass.STATISTICAL, agency=None):
        audience = rules.Audience(
            people.a.agency.pk,
            Marking.AMBER_STRICT,
            agencies=frozenset({(agency or people.b.agency).pk}),
            classes=classes,
        )
        author, second = people.a.counter, people.a.coordinator
        with viewing(author.pk):
            release = releasing.propose(request, author, audience, "MoU 1")
        if request.state != State.RELEASED:
            with viewing(second.pk):
                releasing.approve(request, release, second)
                request.refresh_from_db()
        return request

    return sent


@pytest.fixture(scope="session")
def told():
    """What `limen verify --json` writes of a specimen, as it writes it."""
    result = CliRunner().invoke(main, ["verify", "--json", "--white", str(SPECIMEN)])
    assert result.exit_code == 0
    return result.stdout.encode()
