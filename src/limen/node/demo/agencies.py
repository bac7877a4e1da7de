"""The twelve agencies of the demonstration and their officers, who exist nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from django.contrib.auth.hashers import make_password

from limen.node.people.actions import make_agency, make_officer
from limen.node.people.models import Agency, AgencyKind, Officer, Role
from limen.node.people.rights import KEEPER
from limen.specimen.issuers import issuer_named
from limen.specimen.people import person

PASSWORD: Final = "nothing here is real"  # noqa: S105 - it is printed on the screen
"""Of every officer of the demonstration."""


class Site(NamedTuple):
    """One agency, and its share of the reports."""

    code: str
    name: str
    country: str
    weight: float
    kind: str = str(AgencyKind.NATIONAL)
    second_person_always: bool = False

    @property
    def domain(self) -> str:
        """Of its officers' addresses, which nobody can have (RFC 2606)."""
        return f"{self.code.removeprefix('demo-')}.example"


OPERATOR: Final = "demo-centre"
"""Code of the agency that operates the node; by it a node knows that it holds the demonstration."""

SITES: Final = (
    Site(OPERATOR, "Examination Centre of Amaurot (demo)", "", 3, str(AgencyKind.CENTRE)),
    Site("demo-thailand", "Border Service Thailand (demo)", "THA", 24),
    Site("demo-malaysia", "Border Service Malaysia (demo)", "MYS", 14),
    Site("demo-vietnam", "Border Service Viet Nam (demo)", "VNM", 11),
    Site("demo-australia", "Border Service Australia (demo)", "AUS", 10, second_person_always=True),
    Site("demo-indonesia", "Border Service Indonesia (demo)", "IDN", 9),
    Site("demo-srilanka", "Border Service Sri Lanka (demo)", "LKA", 8),
    Site("demo-cambodia", "Border Service Cambodia (demo)", "KHM", 6),
    Site("demo-philippines", "Border Service Philippines (demo)", "PHL", 6),
    Site("demo-laos", "Border Service Laos (demo)", "LAO", 4),
    Site("demo-singapore", "Border Service Singapore (demo)", "SGP", 4, second_person_always=True),
    Site("demo-safetravel", "Organization for Safe Travel (demo)", "", 1, str(AgencyKind.ORGANIZATION)),
)

STAFF: Final = (
    ("counter", (Role.COUNTER,)),
    ("counter2", (Role.COUNTER,)),
    ("counter3", (Role.COUNTER,)),
    ("examiner", (Role.EXAMINER,)),
    ("examiner2", (Role.EXAMINER, Role.ANALYST)),
    ("analyst", (Role.ANALYST,)),
    ("coordinator", (Role.COORDINATOR,)),
    ("administrator", (Role.ADMINISTRATOR,)),
    ("protection", (Role.PROTECTION,)),
)
"""Name in the address, and roles."""


@dataclass(slots=True)
class Staffed:
    """An agency with its officers by the name in their address."""

    site: Site
    agency: Agency
    officers: dict[str, Officer] = field(default_factory=dict)

    @property
    def writers(self) -> list[Officer]:
        """Who writes reports and proposes them."""
        return [self.officers[name] for name in ("counter", "counter2", "counter3", "examiner", "examiner2")]

    @property
    def approvers(self) -> list[Officer]:
        """Who decides what others propose."""
        return [self.officers[name] for name in ("examiner", "examiner2", "coordinator")]


def staffed() -> dict[str, Staffed]:
    """Find the agencies of the demonstration, which must be there, by code."""
    found = {}
    for site in SITES:
        agency = Agency.objects.get(code=site.code)
        officers = {officer.email.split("@")[0]: officer for officer in Officer.objects.filter(agency=agency)}
        found[site.code] = Staffed(site, agency, officers)
    return found


def make_all() -> dict[str, Staffed]:
    """Make the agencies and officers, all with the same password."""
    rng = np.random.default_rng(20_26)
    for site in SITES:
        agency = make_agency(
            KEEPER,
            code=site.code,
            name=site.name,
            country=site.country,
            kind=site.kind,
            contact=f"desk@{site.domain}",
            second_person_always=site.second_person_always,
            retention_months=120,
            operates_node=site.code == OPERATOR,
        )
        for name, roles in STAFF:
            make_officer(
                KEEPER, agency, email=f"{name}@{site.domain}", name=_name(rng), roles=list(roles), password=None
            )
    # One digest for all: a slow one for each would take longer than all the reports.
    Officer.objects.filter(agency__code__in=[site.code for site in SITES]).update(password=make_password(PASSWORD))
    return staffed()


def _name(rng: np.random.Generator) -> str:
    while True:
        one = person(rng, issuer_named("UTO").towns)
        if one.secondary:
            return f"{one.secondary.split()[0].title()} {one.primary.title()}"
