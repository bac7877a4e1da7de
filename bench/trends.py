"""What charts cost beside their SQL alone: python -m bench.trends --home FOLDER [--reports 1000000] (make bench-trends)

Fills the folder's database as bench/node_data.py does, unless it is full, and writes docs/trends-benchmarks.md. A
million reports take 5 GB and some ten minutes, five million 25 GB and an hour.

Each chart is measured three ways, in turn, so that whatever else the machine does falls on all alike:

1. *counting*: `limen.node.trends.counting` as the site's role, an officer looking: policy, row-level security, SQL,
   words in the viewer's language, and the link of every figure.
2. *bare*: the same statement sent by psycopg as the owner of the tables, without row-level security, the viewer's
   audiences written into it as numbers.
3. *from reports*: the same question counted from the reports by their best index, bare too, without tally.

The dashboard is six charts in a row, against the sum of their bare statements; and the whole page /trends/, with the
session, the filter, six drawings and their tables, asked of the site in this process.
"""

# ruff: noqa: PLC0415 - the settings are read before the apps are imported; the statements are the site's own

from __future__ import annotations

import argparse
import datetime
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent.parent / "docs" / "trends-benchmarks.md"
OFFICER = "analyst@thailand.example"
DASHBOARD = 6
"""The first of the charts are a dashboard."""


@dataclass(slots=True)
class Chart:
    """One chart: what draws it, and its times in milliseconds."""

    name: str
    ask: Callable[[], Any]
    statements: list[tuple[str, Any]] = field(default_factory=list)
    reports: list[tuple[str, Any]] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=lambda: {"counting": [], "bare": [], "reports": []})

    def median(self, way: str) -> float:
        """The middle of its times."""
        return statistics.median(self.times[way])


def charts() -> list[Chart]:
    """The charts of a dashboard, then others."""
    from limen.node.reports.finding import Search
    from limen.node.trends import counting
    from limen.node.trends.counting import Asked

    everything, uto = Asked(), Asked(Search(issuer="UTO"))
    country = Asked(Search(country="THA"))
    today = datetime.date.today()
    cut = Asked(since=today - datetime.timedelta(days=500), until=today - datetime.timedelta(days=12))
    last = Asked(since=datetime.date(today.year - 1, 1, 1), until=datetime.date(today.year - 1, 12, 31))
    before = (datetime.date(today.year - 2, 1, 1), datetime.date(today.year - 2, 12, 31))
    both = Asked(Search(issuer="UTO", country="THA"))
    return [
        Chart("months by class of fraud", lambda: counting.series(everything, "fraud_class")),
        Chart("months by issuer", lambda: counting.series(everything, "issuer")),
        Chart("methods with most", lambda: counting.ranking(everything, "method")),
        Chart("places on the map", lambda: counting.places(everything)),
        Chart("routes with most", lambda: counting.flows(everything)),
        Chart("methods by issuer", lambda: counting.cross(everything)),
        Chart("months, all", lambda: counting.series(everything)),
        Chart("weeks by method", lambda: counting.series(Asked(grain="week"), "method")),
        Chart("one issuer: months by method", lambda: counting.series(uto, "method")),
        Chart("one issuer: places", lambda: counting.places(uto)),
        Chart("one issuer: weeks by method", lambda: counting.series(Asked(uto.search, "week"), "method")),
        Chart("one country: months by issuer", lambda: counting.series(country, "issuer")),
        Chart("a year beside the year before, by issuer", lambda: counting.compare(last, *before, "issuer")),
        Chart("488 days, no whole months: issuers", lambda: counting.ranking(cut, "issuer")),
        Chart("one issuer in one country: months by method *", lambda: counting.series(both, "method")),
        Chart("one issuer: routes *", lambda: counting.flows(uto)),
        Chart("words: months by issuer *", lambda: counting.series(Asked(Search(q="rosette")), "issuer")),
    ]


def drawn(answer: Any) -> int:
    """Read every label and link as a page does; give how many."""
    found = 0
    for row in getattr(answer, "rows", answer if isinstance(answer, list) else ()):
        links = getattr(row, "queries", None)
        found += len(links) if links is not None else 1
        found += len(getattr(row, "label", ""))
    return found


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.trends", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="a node's folder, kept for another time")
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--reports-rounds", type=int, default=3)
    asked = parser.parse_args()
    os.environ |= {"LIMEN_HOME": str(asked.home), "LIMEN_REQUIRE_SECOND_FACTOR": "0"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "limen.node.settings")
    from limen.node.database.embedded import embedded_server
    from limen.node.home import Home

    with embedded_server(Home(asked.home), "bench.trends"):
        import django

        django.setup()
        measure(asked)


def measure(asked: argparse.Namespace) -> None:
    """Fill the database where it is empty, measure each chart, write the page."""
    from django.db import connection

    from bench.node_data import load
    from limen.node.people.models import Officer
    from limen.node.reports.models import Report
    from limen.node.sharing.viewer import viewing

    if not connection.introspection.table_names() or not Report.objects.exists():
        load(asked.reports)
    bare = bare_connection()
    officer = Officer.objects.get(email=OFFICER)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE limen_site")
    with viewing(officer.pk):
        audiences = lists()
        found = charts()
        for chart in found:
            chart.statements = [literal(*one, audiences) for one in captured(chart.ask)]
            chart.reports = [literal(*one, audiences) for one in captured_from_reports(chart.ask)]
        for number in range(asked.rounds + 1):
            for chart in found:
                one_round(chart, bare, number, reports=number <= asked.reports_rounds)
        dashboards = [dashboard(found[:DASHBOARD]) for _ in range(asked.rounds)]
    page = whole_page(officer, asked.rounds)
    told = table(found, (statistics.median(dashboards), page), facts(bare), asked.rounds)
    print(told)
    write(told, facts(bare)["reports"])
    bare.close()
    connection.close()


def one_round(chart: Chart, bare: Any, number: int, *, reports: bool) -> None:
    """Measure one chart once in each way; the first round only warms, and who comes first changes with each."""
    ways: list[tuple[str, Callable[[], Any]]] = [
        ("bare", lambda: run(bare, chart.statements)),
        ("counting", lambda: drawn(chart.ask())),
    ]
    ways = ways[:: 1 if number % 2 else -1]
    if reports:
        ways.append(("reports", lambda: run(bare, chart.reports)))
    for way, act in ways:
        begun = time.perf_counter()
        act()
        if number:
            chart.times[way].append(1000 * (time.perf_counter() - begun))


def dashboard(found: list[Chart]) -> float:
    """Six charts in a row."""
    begun = time.perf_counter()
    for chart in found:
        drawn(chart.ask())
    return 1000 * (time.perf_counter() - begun)


def whole_page(officer: Any, rounds: int) -> float:
    """The page of the dashboard, asked for as a browser does."""
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    client = Client()
    client.force_login(officer)
    times = []
    for number in range(rounds + 1):
        begun = time.perf_counter()
        answer = client.get("/trends/")
        if number:
            times.append(1000 * (time.perf_counter() - begun))
    if answer.status_code != 200:
        raise SystemExit(f"/trends/ answers {answer.status_code} {answer.headers}")
    return statistics.median(times)


def bare_connection() -> Any:
    """A connection of psycopg's own, as the keeper; like Django's it writes values into the statement."""
    import psycopg
    from django.db import connection

    connection.ensure_connection()
    known = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    return psycopg.connect(
        **{name: known[name] for name in names if name in known}, autocommit=True, cursor_factory=psycopg.ClientCursor
    )


def run(bare: Any, statements: list[tuple[str, Any]]) -> None:
    """Send statements, and fetch what they give."""
    for statement, values in statements:
        bare.execute(statement, values).fetchall()


def captured(ask: Callable[[], Any]) -> list[tuple[str, Any]]:
    """The statements about reports that a chart sends; what it reads once and keeps, as the names of places, is not."""
    from django.db import connection

    found = []

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "reports_" in sql:
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        ask()
    return found


def captured_from_reports(ask: Callable[[], Any]) -> list[tuple[str, Any]]:
    """The statements that a chart would send if nothing were tallied."""
    from limen.node.trends.counting import sources

    usual = sources.filters
    sources.filters = lambda search: None
    try:
        return captured(ask)
    finally:
        sources.filters = usual


def lists() -> dict[str, str]:
    """The viewer's audiences as numbers, for what the statements ask of functions."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sharing_audiences(1), reports_apart()")
        everything, apart = cursor.fetchone()
    return {
        "(SELECT unnest(sharing_audiences(1)))": f"({','.join(map(str, everything))})",
        "(SELECT unnest(sharing_audiences(%s)))": f"({','.join(map(str, everything))})",
        "((SELECT reports_apart())::bigint[])": f"('{{{','.join(map(str, apart))}}}'::bigint[])",
    }


def literal(statement: str, values: Any, audiences: dict[str, str]) -> tuple[str, Any]:
    """Write the audiences into a statement; the mask that the policy asks with goes with its function."""
    values = list(values or ())
    asks = "(SELECT unnest(sharing_audiences(%s)))"
    while asks in statement:
        at = statement[: statement.index(asks)].count("%s")
        del values[at]
        statement = statement.replace(asks, audiences[asks], 1)
    for asked, numbers in audiences.items():
        statement = statement.replace(asked, numbers)
    if "sharing_" in statement or "reports_apart" in statement:
        raise SystemExit(f"still asks a function: {statement}")
    return statement, values


def facts(bare: Any) -> dict[str, Any]:
    """How much there is."""
    row = bare.execute(
        "SELECT (SELECT count(*) FROM reports_report), (SELECT count(*) FROM sharing_audience),"
        " pg_database_size(current_database()), (SELECT count(*) FROM reports_tally),"
        " pg_total_relation_size('reports_tally')"
    ).fetchone()
    return dict(zip(("reports", "audiences", "bytes", "tallied", "tally_bytes"), row, strict=True))


def table(found: list[Chart], dashboards: tuple[float, float], known: dict[str, Any], rounds: int) -> str:
    """The times as Markdown."""
    lines = [
        f"{known['reports']:,} reports in {known['audiences']} audiences, {known['bytes'] / 1e9:.1f} GB; the tally has "
        f"{known['tallied']:,} rows, {known['tally_bytes'] / 1e6:.0f} MB; {os.cpu_count()} cores, load "
        f"{os.getloadavg()[0]:.1f}; medians of {rounds}.",
        "",
        "| chart | counting | the same SQL bare | ratio | from reports, bare |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {chart.name} | {chart.median('counting'):.1f} ms | {chart.median('bare'):.1f} ms |"
        f" {chart.median('counting') / chart.median('bare'):.1f} | {chart.median('reports'):.0f} ms |"
        for chart in found
    ]
    total, (dashboard_ms, page_ms) = sum(chart.median("bare") for chart in found[:DASHBOARD]), dashboards
    lines.append(
        f"| **dashboard: the first {DASHBOARD}** | {dashboard_ms:.1f} ms | {total:.1f} ms |"
        f" {dashboard_ms / total:.1f} | {sum(chart.median('reports') for chart in found[:DASHBOARD]):.0f} ms |"
    )
    lines.append(f"| **the page /trends/, whole** | {page_ms:.1f} ms | {total:.1f} ms | {page_ms / total:.1f} | |")
    return "\n".join(lines)


def write(told: str, reports: int) -> None:
    """Put the table between the page's markers for so many millions."""
    name = f"{round(reports / 1e6)} million"
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(begin)
    PAGE.write_text(f"{before}{begin}\n\n{told}\n\n{end}{rest.split(end)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
