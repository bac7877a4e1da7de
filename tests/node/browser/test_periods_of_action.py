"""Two patterns of a joint period of action, with three agencies each, from the agreement to the archived plan."""

from __future__ import annotations

from .cast import Cast, day, submit

LABOUR = ("srilanka", "malaysia", "centre")
CROSSING = ("thailand", "malaysia", "laos")


def test_exploitation_of_ones_nationals_by_visa_fraud(sit, node):
    """Two countries look at the exploitation of one's nationals in the other, with a centre that examines."""
    cast = Cast(sit, node)
    agreement = cast.agree(LABOUR, "Visa fraud and forced labour", ("reports", "plans", "assistance"), (1, 2))
    plan = cast.plan(
        LABOUR,
        agreement,
        {
            "title": "People brought to work by altered labels",
            "objective": "Find who sells the labels, and reach the people who were deceived.",
            "begins_on": day(-5),
            "ends_on": day(20),
            "routes": "LKCMB > MYKUL",
        },
        ("visa_fraud", "exploitation"),
    )
    for site in LABOUR[1:]:
        cast.join(plan, site)
    page = cast.at("coordinator@srilanka").see(f"/plans/{plan}/")
    assert "Examination Centre" in page.inner_text("main")
    cast.at("coordinator@srilanka").check()
    cast.at("coordinator@laos").see(f"/plans/{plan}/", 404)
    _close(cast, plan, "coordinator@srilanka")


def _close(cast: Cast, plan: str, officer: str) -> None:
    page = cast.at(officer).see(f"/plans/{plan}/do/close/")
    for name, number in (("arrests", 2), ("refusals", 5), ("referrals", 3)):
        page.fill(f"#id_{name}", str(number))
    page.fill("#id_outcome", "The label and its makers are known; three people were referred.")
    submit(page, "main form")
    page = cast.at(officer).see(f"/plans/{plan}/do/archive/")
    submit(page, "main form")
    assert "archived" in page.inner_text("h1")
