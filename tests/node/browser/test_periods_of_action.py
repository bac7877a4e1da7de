"""Two patterns of a joint period of action, with three agencies each, from the agreement to the archived plan.

What belongs to it is done by forms, as officers do it; papers are opened, and pages looked at by axe-core.
"""

from __future__ import annotations

import io

import pypdfium2
from playwright.sync_api import expect

from .cast import Cast, approve, day, press, submit

LABOUR = ("srilanka", "malaysia", "centre")
CROSSING = ("thailand", "malaysia", "laos")
LABEL = {"issuer": "UTO", "method": "visa altered", "number": "V7654321", "given_names": "Anna Maria"}


def test_exploitation_of_ones_nationals_by_visa_fraud(sit, node):
    """Two countries look at the exploitation of one's nationals in the other, with a centre that examines."""
    cast = Cast(sit, node)
    agreement = cast.agree(LABOUR, "Visa fraud and forced labour", ("reports", "plans", "assistance"), (1, 2))
    reports = [
        cast.report("srilanka", agreement, LABEL | {"place": "cmb", "surname": "Eriksson"}),
        cast.report("malaysia", agreement, LABEL | {"place": "kul", "surname": "Lindqvist"}),
    ]
    said = {
        "title": "People brought to work by altered labels",
        "objective": "Find who sells the labels, and reach the people who were deceived.",
        "begins_on": day(-5),
        "ends_on": day(20),
        "routes": "LKCMB > MYKUL",
    }
    plan = cast.plan(LABOUR, agreement, said, ("visa_fraud", "exploitation"))
    page = cast.at("examiner@malaysia").see(f"/plans/{plan}/")
    assert "Examination Centre" not in page.inner_text("main"), "partners are shown to who has joined"
    for site in LABOUR[1:]:
        cast.join(plan, site)
    for site, report in zip(LABOUR, reports, strict=False):
        _link(cast, plan, f"examiner@{site}", report)
    page = cast.at("examiner@malaysia").see(f"/plans/{plan}/chart/")
    assert "V7654321" in page.inner_text("main"), "one number in both reports"
    cast.at("examiner@malaysia").check()
    _ask_and_answer_in_part(cast, plan)
    _examined(cast, reports[0])
    _nobody_else(cast, plan, agreement, reports)
    _paper(cast, "coordinator@srilanka", f"/plans/{plan}/pdf/", said["objective"])
    _end(cast, plan, "coordinator@srilanka")
    page = cast.at("coordinator@malaysia").see(f"/plans/{plan}/")
    assert "archived" in page.inner_text("h1")
    assert page.locator("#link-reference").count() == 0, "what is archived is read"


def test_a_joint_operation_against_onward_movement(sit, node):
    """Two immigration services plan a joint operation on people who enter one and cross into its neighbours by land."""
    cast = Cast(sit, node)
    agreement = cast.agree(CROSSING, "Onward movement across land borders", ("reports", "plans"), (1,))
    said = {
        "title": "Entered by air, left by land",
        "objective": "Learn who goes on by land, and refer those who were deceived.",
        "begins_on": day(-5),
        "ends_on": day(20),
        "routes": "LKCMB > THBKK > LAVTE",
    }
    plan = cast.plan(CROSSING, agreement, said, ("irregular_crossing", "smuggling"))
    for site in CROSSING[1:]:
        cast.join(plan, site)
    page = cast.at("examiner@thailand").see(f"/plans/{plan}/")
    press(page, "Record the approval")
    approve(page)
    page = cast.at("coordinator@thailand").see(f"/plans/{plan}/")
    press(page, "Confirm")
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    page.fill("#task-title", "Post an examiner at the bridge")
    page.select_option("#task-agency", "demo-laos")
    submit(page, "form:has(#task-title)")
    page = cast.at("examiner@laos").see(f"/plans/{plan}/")
    press(page, "Update")
    page.check("input[name=state][value=done]", force=True)
    submit(page, "main form")
    _count_together(cast, plan)
    _nobody_else(cast, plan, agreement, [])
    _paper(cast, "coordinator@thailand", f"/plans/{plan}/pdf/", said["objective"])
    _end(cast, plan, "coordinator@thailand")


def _link(cast: Cast, plan: str, officer: str, reference: str) -> None:
    page = cast.at(officer).see(f"/plans/{plan}/")
    page.fill("#link-reference", reference)
    page.press("#link-reference", "Enter")
    expect(page.locator(f"#links a:text-is('{reference}')")).to_be_visible()


def _ask_and_answer_in_part(cast: Cast, plan: str) -> None:
    """Sri Lanka asks Malaysia two things, and is told one; the centre learns of neither."""
    page = cast.at("examiner@srilanka").see(f"/plans/{plan}/information/new/")
    page.select_option("#id_asked", "demo-malaysia")
    page.fill("#id_subject", "Labels found inland")
    for number, words in enumerate(("How many labels were found inland?", "Which employer is named?"), start=1):
        page.fill(f"#item-{number}", words)
        page.fill(f"#why-{number}", "To warn those who still apply.")
        submit(page, "main form")
        address = page.url.removesuffix("edit/")
        page.goto(f"{address}edit/") if number == 1 else page.goto(address)
    press(page, "Send")
    reply = cast.at("analyst@malaysia").see(address)
    press(reply, "Prepare a reply")
    first, second = (f"section[aria-labelledby=title-{number}] form:has([name=verdict])" for number in (0, 1))
    reply.check(f"{first} [name=verdict][value=released]")
    reply.fill("#text-0", "Eleven since August.")
    submit(reply, first)
    reply.check(f"{second} [name=verdict][value=withheld]")
    reply.select_option("#ground-1", "investigation")
    reply.fill("#words-1", "The inspectorate still looks into it.")
    submit(reply, second)
    reply.goto(address)
    press(reply, "Put it to an approving officer")
    page.goto(address)
    assert "Eleven" not in page.inner_text("main"), "nothing of a reply before it is released"
    reply = cast.at("coordinator@malaysia").see(address)
    press(reply, "Release to")
    page.goto(address)
    assert "Eleven since August." in page.inner_text("main")
    assert "The inspectorate still looks into it." in page.inner_text("main")
    cast.at("examiner@srilanka").check()
    cast.at("coordinator@centre").see(address, 404)
    assert "Labels found inland" not in cast.at("coordinator@centre").see(f"/plans/{plan}/").inner_text("main")


def _examined(cast: Cast, report: str) -> None:
    """The counter asks the centre about its report, is answered on the scale, and tells what came of it."""
    page = cast.at("counter@srilanka").see(f"/assistance/new/?report={report}")
    press(page, "Begin the request")
    page.fill("#id_question", "Was the category of this label altered?")
    page.fill("#id_overruled", "There are no pictures at this counter.")
    page.select_option("#id_priority", "urgent")
    submit(page, "#request-form")
    page.check("input[name=asked][value=demo-centre]")
    press(page, "Ask this agency")
    press(page, "Go on to sending")
    address = page.url.removesuffix("release/")
    submit(page, "#release-form")
    examiner = cast.at("examiner@centre").see(address)
    press(examiner, "Take it")
    press(examiner, "Write the answer")
    examiner.select_option("#id_visa", "-2")
    examiner.fill("#id_findings", "The line work under the category is gone, and the ink is another one.")
    examiner.check("input[name=methods][value=reference]")
    examiner.fill("#id_limits", "The label itself was not at hand.")
    press(examiner, "Save and sign")
    page.goto(address)
    assert "strong support for B" in page.inner_text("main")
    cast.at("counter@srilanka").check()
    _paper(cast, "counter@srilanka", f"{address}answer/pdf/", "The line work under the category is gone")
    page.goto(f"{address}outcome/")
    page.check("input[name=truth_visa][value=b]")
    submit(page, "main form")
    assert "B" in cast.at("examiner@centre").see(address).inner_text("#answers")


def _count_together(cast: Cast, plan: str) -> None:
    """A joint day: posts of two agencies count, the third sees the sums change without a reload."""
    page = cast.at("coordinator@thailand").see(f"/plans/{plan}/days/new/")
    page.fill("#id_title", "Airport and bridge")
    page.fill("#id_first_on", day(0))
    page.fill("#id_looked_for", "The doubled title of the alert.")
    submit(page, "main form")
    address = page.url
    for site, place in (("thailand", "bkk"), ("laos", "vte")):
        post = cast.at(f"coordinator@{site}").see(address)
        choose_place(post, place)
        submit(post, "form:has(#id_place)")
    watching = cast.at("examiner@malaysia").see(address)
    for site, plus in (("thailand", 3), ("laos", 2)):
        post = cast.at(f"counter@{site}").see(address)
        post.click("a.button-primary.button-small")
        for expected in range(1, plus + 1):
            post.click("form:has([name=what][value=inspected]) .counting-plus")
            expect(post.locator("[data-figure=inspected]")).to_have_text(str(expected))
    row = watching.locator("#figures table").first.locator("tbody tr").first
    expect(row.locator("strong")).to_have_text("5", timeout=30_000)
    cast.at("examiner@malaysia").check()
    page = cast.at("coordinator@thailand").see(address)
    page.click("button:has-text('Close the day')")
    page.locator("dialog[open] button.button-primary, dialog[open] button:has-text('Close')").last.click()
    expect(page.locator("h1")).to_contain_text("closed")


def choose_place(page, typed: str) -> None:
    """Type a place and take the first suggestion."""
    page.focus("#id_place")
    page.keyboard.type(typed)
    page.wait_for_selector("#id_place[aria-activedescendant]")
    page.keyboard.press("Enter")


def _nobody_else(cast: Cast, plan: str, agreement: str, reports: list[str]) -> None:
    """To an agency that has no part in it, plan, agreement and reports do not exist."""
    stranger = cast.at("coordinator@vietnam")
    for address in (f"/plans/{plan}/", f"/plans/{plan}/pdf/", f"/agreements/{agreement}/"):
        stranger.see(address, 404)
    for report in reports:
        stranger.see(f"/reports/{report}/", 404)
    for address in ("/plans/", "/agreements/", "/plans/periods/"):
        text = stranger.see(address).inner_text("body")
        assert plan not in text
        assert agreement not in text


def _paper(cast: Cast, officer: str, address: str, sentence: str) -> None:
    """A paper opens, and says what the page says."""
    seat = cast.at(officer)
    url = address if address.startswith("http") else cast.address + address
    answer = seat.context.request.get(url)
    assert answer.status == 200, (address, answer.status)
    paper = pypdfium2.PdfDocument(io.BytesIO(answer.body()))
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in paper).split())
    assert sentence in text


def _end(cast: Cast, plan: str, officer: str) -> None:
    page = cast.at(officer).see(f"/plans/{plan}/do/close/")
    for name, number in (("arrests", 2), ("refusals", 5), ("referrals", 3)):
        page.fill(f"#id_{name}", str(number))
    page.fill("#id_outcome", "The label and its makers are known; three people were referred.")
    submit(page, "main form")
    page = cast.at(officer).see(f"/plans/{plan}/do/archive/")
    submit(page, "main form")
    assert "archived" in page.inner_text("h1")
