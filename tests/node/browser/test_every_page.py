"""Every page of the site in a real browser: nothing for axe-core, nothing wider than a phone, nobody else asked.

A new address must be entered below, as a page or with the reason why it is none; until then a test fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver

COUNTER, EXAMINER = "counter@thailand.example", "examiner@thailand.example"
COORDINATOR, ADMINISTRATOR = "coordinator@thailand.example", "administrator@thailand.example"
PROTECTION = "protection@thailand.example"
OPERATOR, FRIEND, NOBODY = "administrator@centre.example", "examiner@vietnam.example", ""

PAGES = (
    (COORDINATOR, "", "/"),
    (COORDINATOR, "reports/", "/reports/"),
    (COORDINATOR, "reports/", "/reports/?fraud_class=counterfeit&since=2024-01-01&place=THBKK"),
    (COORDINATOR, "reports/", "/reports/?q=nothing+of+the+kind"),
    (COORDINATOR, "reports/map/", "/reports/map/"),
    (COORDINATOR, "reports/export/", "/reports/export/"),
    (COORDINATOR, "trends/", "/trends/"),
    (COORDINATOR, "trends/series/", "/trends/series/"),
    (COORDINATOR, "trends/series/", "/trends/series/?grain=week&by=place"),
    (COORDINATOR, "trends/issuers/", "/trends/issuers/"),
    (COORDINATOR, "trends/map/", "/trends/map/"),
    (COORDINATOR, "trends/routes/", "/trends/routes/"),
    (COORDINATOR, "trends/methods/", "/trends/methods/"),
    (COORDINATOR, "trends/compare/", "/trends/compare/"),
    (COUNTER, "trends/", "/trends/?since=2001-01-01&until=2001-02-01"),
    (COORDINATOR, "reports/<ref:reference>/", "/reports/{released}/"),
    (COORDINATOR, "reports/<ref:reference>/bearer/", "/reports/{proposed}/bearer/"),
    (COORDINATOR, "reports/<ref:reference>/release/", "/reports/{proposed}/release/"),
    (COORDINATOR, "reports/<ref:reference>/recall/", "/reports/{released}/recall/"),
    (COORDINATOR, "releases/", "/releases/"),
    (COORDINATOR, "contribution/", "/contribution/"),
    (COORDINATOR, "contribution/asked/", "/contribution/asked/"),
    (OPERATOR, "contribution/asked/propose/", "/contribution/asked/propose/"),
    (OPERATOR, "contribution/asked/<int:number>/", "/contribution/asked/{condition}/"),
    (COORDINATOR, "agreements/", "/agreements/"),
    (COORDINATOR, "agreements/new/", "/agreements/new/"),
    (COORDINATOR, "agreements/access/<slug:label>/<str:reference>/", "/agreements/access/reports/{released}/"),
    (COORDINATOR, "agreements/<mref:reference>/", "/agreements/{agreement}/"),
    (COORDINATOR, "agreements/<mref:reference>/edit/", "/agreements/{draft_agreement}/edit/"),
    (COORDINATOR, "agreements/<mref:reference>/<slug:doing>/", "/agreements/{agreement}/halt/"),
    (COORDINATOR, "agreements/<mref:reference>/<slug:doing>/", "/agreements/{draft_agreement}/propose/"),
    (FRIEND, "agreements/<mref:reference>/", "/agreements/{agreement}/"),
    (COORDINATOR, "plans/", "/plans/"),
    (COORDINATOR, "plans/new/", "/plans/new/"),
    (COORDINATOR, "plans/periods/", "/plans/periods/"),
    (COORDINATOR, "plans/periods/<uuid:uid>/", "/plans/periods/{period}/"),
    (COORDINATOR, "plans/<plan:reference>/", "/plans/{plan}/"),
    (FRIEND, "plans/<plan:reference>/", "/plans/{plan}/"),
    (COORDINATOR, "plans/<plan:reference>/information/new/", "/plans/{joint_plan}/information/new/"),
    (COORDINATOR, "plans/information/<information:number>/", "/plans/information/{asking}/"),
    (COORDINATOR, "plans/information/<information:number>/edit/", "/plans/information/{asking}/edit/"),
    (FRIEND, "plans/information/<information:number>/", "/plans/information/{asked}/"),
    (FRIEND, "plans/information/<information:number>/reply/", "/plans/information/{asked}/reply/"),
    (COORDINATOR, "plans/<plan:reference>/", "/plans/{joint_plan}/"),
    (COORDINATOR, "plans/<plan:reference>/days/new/", "/plans/{joint_plan}/days/new/"),
    (COORDINATOR, "plans/<plan:reference>/days/<int:number>/", "/plans/{joint_plan}/days/1/"),
    (COORDINATOR, "plans/<plan:reference>/days/<int:number>/edit/", "/plans/{joint_plan}/days/1/edit/"),
    (
        COUNTER,
        "plans/<plan:reference>/days/<int:number>/posts/<uuid:post>/",
        "/plans/{joint_plan}/days/1/posts/{post}/",
    ),
    (COORDINATOR, "plans/<plan:reference>/edit/", "/plans/{plan_draft}/edit/"),
    (COORDINATOR, "plans/<plan:reference>/release/", "/plans/{plan_draft}/release/"),
    (COORDINATOR, "plans/<plan:reference>/recall/", "/plans/{plan}/recall/"),
    (COORDINATOR, "plans/<plan:reference>/phases/<uuid:uid>/", "/plans/{plan}/phases/{phase}/"),
    (COORDINATOR, "plans/<plan:reference>/tasks/<uuid:uid>/", "/plans/{plan}/tasks/{task}/"),
    (COORDINATOR, "plans/<plan:reference>/approvals/<slug:of>/", "/plans/{plan}/approvals/basis/"),
    (FRIEND, "plans/<plan:reference>/approvals/<slug:of>/", "/plans/{plan}/approvals/joining/"),
    (COORDINATOR, "plans/<plan:reference>/approvals/phase/<uuid:phase>/", "/plans/{plan}/approvals/phase/{phase}/"),
    (FRIEND, "plans/<plan:reference>/do/<slug:doing>/", "/plans/{plan}/do/refuse/"),
    (COORDINATOR, "plans/<plan:reference>/chart/", "/plans/{plan}/chart/?names=1"),
    (COORDINATOR, "plans/<plan:reference>/timeline/", "/plans/{plan}/timeline/?names=1"),
    (COORDINATOR, "verify/", "/verify/"),
    (COORDINATOR, "audit/", "/audit/"),
    (COORDINATOR, "alerts/", "/alerts/"),
    (COORDINATOR, "alerts/new/", "/alerts/new/"),
    (COORDINATOR, "alerts/<alert:reference>/", "/alerts/{alert}/"),
    (COORDINATOR, "alerts/<alert:reference>/card/", "/alerts/{alert}/card/"),
    (FRIEND, "alerts/<alert:reference>/", "/alerts/{alert}/"),
    (COORDINATOR, "alerts/<alert:reference>/edit/", "/alerts/{alert_draft}/edit/"),
    (COORDINATOR, "alerts/<alert:reference>/release/", "/alerts/{alert_draft}/release/"),
    (COORDINATOR, "alerts/<alert:reference>/recall/", "/alerts/{alert}/recall/"),
    (COORDINATOR, "trends/brief/", "/trends/brief/?issuer=UTO"),
    (COORDINATOR, "trends/surges/", "/trends/surges/"),
    (FRIEND, "reports/<ref:reference>/", "/reports/{released}/"),
    (FRIEND, "cases/", "/cases/"),
    (FRIEND, "cases/<case:reference>/", "/cases/{case}/"),
    (FRIEND, "cases/practice/", "/cases/practice/"),
    (FRIEND, "cases/practice/progress/", "/cases/practice/progress/"),
    (EXAMINER, "cases/new/", "/cases/new/?report={released}"),
    (EXAMINER, "cases/<case:reference>/edit/", "/cases/{case_draft}/edit/"),
    (EXAMINER, "cases/<case:reference>/release/", "/cases/{case_draft}/release/"),
    (EXAMINER, "cases/<case:reference>/recall/", "/cases/{case}/recall/"),
    (EXAMINER, "assistance/", "/assistance/"),
    (EXAMINER, "assistance/new/", "/assistance/new/?report={released}"),
    (EXAMINER, "assistance/inspection/", "/assistance/inspection/"),
    (EXAMINER, "assistance/expertise/", "/assistance/expertise/"),
    (EXAMINER, "assistance/<request:reference>/", "/assistance/{request}/"),
    (EXAMINER, "assistance/<request:reference>/edit/", "/assistance/{request_draft}/edit/"),
    (EXAMINER, "assistance/<request:reference>/release/", "/assistance/{request_draft}/release/"),
    (EXAMINER, "assistance/<request:reference>/recall/", "/assistance/{request}/recall/"),
    (EXAMINER, "assistance/figures/", "/assistance/figures/"),
    (EXAMINER, "assistance/<request:reference>/", "/assistance/{answered}/"),
    (EXAMINER, "assistance/<request:reference>/outcome/", "/assistance/{answered}/outcome/"),
    (FRIEND, "assistance/<request:reference>/answer/", "/assistance/{answering}/answer/"),
    (
        FRIEND,
        "assistance/<request:reference>/answer/places/<uuid:exhibit>/",
        "/assistance/{answering}/answer/places/{answering_picture}/",
    ),
    (COUNTER, "protection/", "/protection/"),
    (PROTECTION, "protection/", "/protection/"),
    (PROTECTION, "protection/<screening:reference>/", "/protection/{screening}/"),
    (PROTECTION, "protection/<screening:reference>/refer/", "/protection/{screening}/refer/"),
    (PROTECTION, "protection/<referral:reference>/", "/protection/{referral}/"),
    (PROTECTION, "protection/figures/", "/protection/figures/"),
    (PROTECTION, "protection/contacts/", "/protection/contacts/"),
    (PROTECTION, "protection/contacts/new/", "/protection/contacts/new/"),
    (PROTECTION, "protection/contacts/<uuid:number>/", "/protection/contacts/{contact}/"),
    (PROTECTION, "protection/questions/<slug:language>/", "/protection/questions/ar/"),
    (PROTECTION, "protection/texts/<slug:language>/", "/protection/texts/si/"),
    (COUNTER, "", "/"),
    (COUNTER, "reports/new/", "/reports/new/"),
    (COUNTER, "reports/<ref:reference>/edit/", "/reports/{draft}/edit/"),
    (COUNTER, "reports/<ref:reference>/", "/reports/{draft}/"),
    (COUNTER, "reports/<ref:reference>/release/", "/reports/{draft}/release/"),
    (COUNTER, "reports/images/<uuid:uid>/masks/", "/reports/images/{image}/masks/"),
    (COUNTER, "reports/images/<uuid:uid>/regions/", "/reports/images/{image}/regions/"),
    (ADMINISTRATOR, "", "/"),
    (ADMINISTRATOR, "people/", "/people/"),
    (ADMINISTRATOR, "people/invite/", "/people/invite/"),
    (ADMINISTRATOR, "people/<int:number>/roles/", "/people/{officer}/roles/"),
    (ADMINISTRATOR, "people/<int:number>/<slug:doing>/", "/people/{officer}/deactivate/"),
    (ADMINISTRATOR, "people/<int:number>/<slug:doing>/", "/people/{officer}/reset/"),
    (ADMINISTRATOR, "people/agency/", "/people/agency/"),
    (ADMINISTRATOR, "people/tokens/", "/people/tokens/"),
    (ADMINISTRATOR, "people/tokens/new/", "/people/tokens/new/"),
    (ADMINISTRATOR, "people/tokens/<int:number>/renew/", "/people/tokens/{token}/renew/"),
    (ADMINISTRATOR, "people/tokens/<int:number>/revoke/", "/people/tokens/{token}/revoke/"),
    (OPERATOR, "people/agencies/", "/people/agencies/"),
    (OPERATOR, "people/agencies/new/", "/people/agencies/new/"),
    (OPERATOR, "people/agencies/<slug:code>/administrator/", "/people/agencies/demo-laos/administrator/"),
    (OPERATOR, "people/agencies/<slug:code>/<slug:doing>/", "/people/agencies/demo-laos/deactivate/"),
    (EXAMINER, "people/me/", "/people/me/"),
    (EXAMINER, "people/sessions/", "/people/sessions/"),
    (EXAMINER, "alerts/subscriptions/", "/alerts/subscriptions/"),
    (EXAMINER, "alerts/subscriptions/new/", "/alerts/subscriptions/new/?issuers=UTO&places=THBKK"),
    (EXAMINER, "notices/", "/notices/"),
    (EXAMINER, "notices/settings/", "/notices/settings/"),
    (EXAMINER, "account/password/change/", "/account/password/change/"),
    (EXAMINER, "account/2fa/", "/account/2fa/"),
    (EXAMINER, "account/logout/", "/account/logout/"),
    (NOBODY, "account/login/", "/account/login/"),
    (NOBODY, "account/password/reset/", "/account/password/reset/"),
    (NOBODY, "account/password/reset/done/", "/account/password/reset/done/"),
    (NOBODY, "account/password/reset/key/done/", "/account/password/reset/key/done/"),
    (NOBODY, r"account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", "/account/password/reset/key/1-a/"),
    (NOBODY, "people/join/", "/people/join/{invitation}/"),
)
"""Who opens what: officer, pattern, address."""

AFTER_STEPS = {
    "account/reauthenticate/": "test_pages_of_passkeys_and_codes",
    "account/2fa/authenticate/": "test_pages_of_passkeys_and_codes",
    "account/2fa/reauthenticate/": "test_pages_of_passkeys_and_codes",
    "account/2fa/totp/activate/": "test_pages_of_passkeys_and_codes",
    "account/2fa/totp/deactivate/": "test_pages_of_passkeys_and_codes",
    "account/2fa/recovery-codes/": "test_pages_of_passkeys_and_codes",
    "account/2fa/recovery-codes/generate/": "test_pages_of_passkeys_and_codes",
    "account/2fa/webauthn/": "test_pages_of_passkeys_and_codes",
    "account/2fa/webauthn/add/": "test_pages_of_passkeys_and_codes",
    "account/2fa/webauthn/keys/<int:pk>/edit/": "test_pages_of_passkeys_and_codes",
    "account/2fa/webauthn/keys/<int:pk>/remove/": "test_pages_of_passkeys_and_codes",
    "setup/<str:token>/": "test_whole_way",
    "cases/practice/q/<str:token>/": "test_cases",
}
"""Pages that are reached by steps, and the test that looks at them."""

POSTED = "takes what is posted, and leads on"
PART = "a part of a page, looked at within it"
OURS = "closed: allauth's page, for which the house has another way"
NO_PAGES = {
    "protection/new/": POSTED,
    "protection/questions/<slug:language>/cards/": "a file",
    "protection/<screening:reference>/hand-over/": POSTED,
    "protection/<screening:reference>/delete/": POSTED,
    "protection/<referral:reference>/answer/": POSTED,
    "protection/<referral:reference>/withdraw/": POSTED,
    "protection/<referral:reference>/sheet/": "a file",
    "trends/surges/csv/": "a file",
    "trends/surges/draft/": POSTED,
    "trends/surges/put-aside/": POSTED,
    "api/": "answers machines",
    "health/": "answers machines",
    "terms/suggest/": "answers scripts",
    "releases/recipients/": "answers scripts",
    "reports/map/data/": "answers scripts",
    "service-worker.js": "answers browsers",
    "alerts/subscriptions/own-country/": POSTED,
    "alerts/subscriptions/<int:number>/end/": POSTED,
    "alerts/subscriptions/<int:number>/": "the form of a new one, filled in",
    "notices/<int:number>/": "leads on",
    "notices/seen/": POSTED,
    "notices/bell/": PART,
    "notices/devices/": "answers scripts",
    "language/": POSTED,
    "theme/": POSTED,
    "verify/report/": POSTED,
    "audit/check/": PART,
    "audit/export/": "a file",
    "assistance/duty/": POSTED,
    "assistance/<request:reference>/bearer/": "the page of the request, with more on it",
    "assistance/<request:reference>/original/": "a picture",
    "assistance/<request:reference>/asked/": POSTED,
    "assistance/<request:reference>/unmasked/": "the page of the request, with more on it",
    "assistance/<request:reference>/originals/": POSTED,
    "assistance/<request:reference>/discard/": POSTED,
    "assistance/<request:reference>/take/": POSTED,
    "assistance/<request:reference>/give-back/": POSTED,
    "assistance/<request:reference>/say/": POSTED,
    "assistance/<request:reference>/close/": POSTED,
    "assistance/<request:reference>/answer/begin/": POSTED,
    "assistance/<request:reference>/answer/countersign/": POSTED,
    "assistance/<request:reference>/answer/send-back/": POSTED,
    "assistance/<request:reference>/answer/discard/": POSTED,
    "assistance/<request:reference>/answer/pdf/": "a file",
    "assistance/<request:reference>/onward/": POSTED,
    "assistance/<request:reference>/release/preview/": PART,
    "assistance/<request:reference>/release/approve/": POSTED,
    "assistance/<request:reference>/release/refuse/": POSTED,
    "assistance/<request:reference>/release/withdraw/": POSTED,
    "contribution/<slug:name>.csv": "a file",
    "agreements/<mref:reference>/text/": "a file",
    "agreements/<mref:reference>/amend/": POSTED,
    "agreements/<mref:reference>/edit/parties/": POSTED,
    "agreements/<mref:reference>/edit/clauses/": POSTED,
    "agreements/<mref:reference>/edit/text/": POSTED,
    "plans/periods/<uuid:uid>/figures.csv": "a file",
    "plans/<plan:reference>/document/": "a file",
    "plans/information/<information:number>/do/": POSTED,
    "plans/information/<information:number>/reply/<int:item>/": POSTED,
    "plans/information/<information:number>/withhold/": POSTED,
    "plans/information/<information:number>/file/": "a file",
    "plans/<plan:reference>/days/<int:number>/live/": PART,
    "plans/<plan:reference>/days/<int:number>/close/": POSTED,
    "plans/<plan:reference>/days/<int:number>/csv/": "a file",
    "plans/<plan:reference>/days/<int:number>/posts/": POSTED,
    "plans/<plan:reference>/pdf/": "a file",
    "plans/<plan:reference>/discard/": POSTED,
    "plans/<plan:reference>/phases/": POSTED,
    "plans/<plan:reference>/tasks/": POSTED,
    "plans/<plan:reference>/series/": POSTED,
    "plans/link/": POSTED,
    "plans/<plan:reference>/links/": POSTED,
    "plans/<plan:reference>/chart/add/": POSTED,
    "plans/<plan:reference>/chart/tie/": POSTED,
    "plans/<plan:reference>/chart/<slug:what>/<uuid:uid>/": POSTED,
    "plans/<plan:reference>/chart/<slug:name>.<slug:form>": "a file",
    "plans/<plan:reference>/approval/": POSTED,
    "plans/<plan:reference>/release/preview/": PART,
    "plans/<plan:reference>/release/approve/": POSTED,
    "plans/<plan:reference>/release/refuse/": POSTED,
    "plans/<plan:reference>/release/withdraw/": POSTED,
    "cases/practice/progress/delete/": POSTED,
    "cases/practice/q/<str:token>/<int:number>/": "a picture",
    "trends/series/csv/": "a file",
    "trends/series/svg/": "a file",
    "trends/issuers/csv/": "a file",
    "trends/issuers/svg/": "a file",
    "trends/map/csv/": "a file",
    "trends/routes/csv/": "a file",
    "trends/routes/svg/": "a file",
    "trends/methods/csv/": "a file",
    "trends/methods/svg/": "a file",
    "trends/compare/csv/": "a file",
    "trends/compare/svg/": "a file",
    "cases/<case:reference>/pdf/": "a file",
    "cases/<case:reference>/field/": POSTED,
    "cases/<case:reference>/told/": POSTED,
    "cases/<case:reference>/beside/": PART,
    "cases/<case:reference>/discard/": POSTED,
    "cases/<case:reference>/steps/": POSTED,
    "cases/<case:reference>/links/": POSTED,
    "cases/<case:reference>/places/": PART,
    "cases/<case:reference>/release/preview/": PART,
    "cases/<case:reference>/release/approve/": POSTED,
    "cases/<case:reference>/release/refuse/": POSTED,
    "cases/<case:reference>/release/withdraw/": POSTED,
    "reports/<ref:reference>/pdf/": "a file",
    "account/2fa/recovery-codes/download/": "a file",
    "reports/images/<uuid:uid>/": "a picture, and what is posted about it",
    "exhibits/": "pictures, what is posted about them, and pages that tests/node/exhibits/test_in_browser.py opens",
    "reports/similar/": POSTED,
    "reports/filters/": POSTED,
    "reports/<ref:reference>/field/": POSTED,
    "reports/<ref:reference>/legs/": POSTED,
    "reports/<ref:reference>/companions/": POSTED,
    "reports/<ref:reference>/controls/": PART,
    "reports/<ref:reference>/beside/": PART,
    "reports/<ref:reference>/release/preview/": PART,
    "reports/<ref:reference>/discard/": POSTED,
    "reports/<ref:reference>/images/": POSTED,
    "reports/<ref:reference>/release/approve/": POSTED,
    "reports/<ref:reference>/release/refuse/": POSTED,
    "reports/<ref:reference>/release/withdraw/": POSTED,
    "alerts/<alert:reference>/field/": POSTED,
    "alerts/<alert:reference>/points/": POSTED,
    "alerts/<alert:reference>/reports/": POSTED,
    "alerts/<alert:reference>/beside/": PART,
    "alerts/<alert:reference>/acknowledge/": POSTED,
    "alerts/<alert:reference>/answer/": POSTED,
    "alerts/<alert:reference>/sighting/": POSTED,
    "alerts/<alert:reference>/card/pdf/": "a file",
    "alerts/<alert:reference>/discard/": POSTED,
    "alerts/<alert:reference>/release/preview/": PART,
    "alerts/<alert:reference>/release/approve/": POSTED,
    "alerts/<alert:reference>/release/refuse/": POSTED,
    "alerts/<alert:reference>/release/withdraw/": POSTED,
    "people/invitations/<int:number>/withdraw/": POSTED,
    "people/sessions/others/end/": POSTED,
    "people/sessions/<int:number>/end/": POSTED,
    "people/join/<str:token>/": "leads on",
    "account/sessions/": "leads on",
    "account/2fa/webauthn/login/": "answers scripts",
    "account/2fa/webauthn/reauthenticate/": POSTED,
    "account/oidc/": "leads to an identity provider and back",
    "account/^(?:signup": OURS,
    "account/inactive/": OURS,
    "account/signup/": OURS,
    "account/reauthenticate/code/": OURS,
    "account/email/": OURS,
    "account/confirm-email/": OURS,
    "account/^confirm-email/": OURS,
    "account/password/set/": OURS,
    "account/login/code/confirm/": OURS,
    "account/3rdparty/": OURS,
    "account/social/": OURS,
}
"""Beginnings of addresses that are no pages, and why; the longest that fits counts."""

MAIN = {"/", "/reports/", "/reports/map/", "/reports/{released}/", "/reports/{draft}/edit/", "/releases/", "/people/",
        "/trends/", "/trends/series/", "/trends/methods/",
        "/verify/", "/audit/", "/account/login/", "/reports/{proposed}/release/", "/people/me/"}  # fmt: skip
"""Pages that axe-core sees in the dark and on a phone too. Tokens of colour are the same on all others."""


def routes(resolver: Any, before: str = "") -> Iterator[str]:
    """All patterns below a resolver, in one string each."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, route)
        else:
            yield route


def test_no_page_is_forgotten():
    """Each address of the site is looked at by a test, or said to be no page."""
    looked_at = {pattern for _, pattern, _ in PAGES} | set(AFTER_STEPS)
    every = set(routes(get_resolver()))
    forgotten = sorted(route for route in every - looked_at if not any(route.startswith(begin) for begin in NO_PAGES))
    assert forgotten == []
    assert sorted(looked_at - every) == []
    assert sorted(begin for begin in NO_PAGES if not any(route.startswith(begin) for route in every)) == []


@pytest.mark.parametrize("officer", dict.fromkeys(officer for officer, *_ in PAGES), ids=lambda name: name or "nobody")
def test_pages(sit, node, officer):
    """For axe-core nothing, in light, dark and on a phone; no page wider than 360 pixels, also from right to left."""
    desk = sit(node)
    if officer:
        desk.sign_in(officer)
    found = []
    for who, _pattern, way in PAGES:
        if who == officer:
            desk.see(way.format(**node.known))
            found += [(way, *each) for each in _faults(desk, way in MAIN)]
    assert found == []


def _faults(desk, main: bool) -> Iterator[tuple[Any, ...]]:
    page = desk.page
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    yield from (("light", *each) for each in desk.axe())
    if main:
        page.emulate_media(color_scheme="dark")
        desk.still()
        yield from (("dark", *each) for each in desk.axe("color-contrast"))
        page.emulate_media(color_scheme="light")
        desk.still()
    page.set_viewport_size({"width": 360, "height": 740})
    if main:
        yield from (("phone", *each) for each in desk.axe())
    yield from _too_wide(page, "360 pixels")
    page.evaluate("document.documentElement.dir = 'rtl'")
    yield from _too_wide(page, "360 pixels, right to left")
    page.set_viewport_size({"width": 1280, "height": 720})
    yield from _too_wide(page, "right to left")
    page.evaluate("document.documentElement.dir = ''")
    for width in (1280, 980):
        page.set_viewport_size({"width": width, "height": 720})
        desk.still()
        if page.evaluate(CLIPPED):
            yield f"{width} pixels", "the places of the top bar do not fit"


CLIPPED = """() => {
  const bar = document.querySelector('.topnav');
  return bar && bar.firstElementChild.scrollWidth > bar.clientWidth;
}"""
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const over = [...document.querySelectorAll('body *')].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width && (box.right > room + 1 || box.left < -1) && !each.closest('.visually-hidden, .skip-link');
  });
  return over.slice(-4).map((each) => each.outerHTML.slice(0, 120));
}"""


def _too_wide(page, how: str) -> Iterator[tuple[str, str]]:
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        yield how, str(page.evaluate(WIDER))


def test_a_page_that_is_not_there(sit, node):
    """Absent and forbidden look alike, and as good as any page."""
    desk = sit(node).sign_in(FRIEND)
    desk.see("/reports/R26-AAAA-AAAA/", 404)
    desk.check()
    absent = desk.page.inner_text("main")
    desk.see(f"/reports/{node.known['draft']}/", 404)
    assert desk.page.inner_text("main") == absent
