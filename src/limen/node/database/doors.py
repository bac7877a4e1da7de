"""Whether the database still keeps the site where it belongs: row-level security is on, and closed tables are closed.

A migration that failed halfway, a table restored by hand or a GRANT typed in a hurry would open what no page can see.
"""

from __future__ import annotations

from typing import Any

from limen.node.database.address import SITE, WEB
from limen.node.database.roles import CLOSED_TABLES

SECURED = frozenset(
    {
        "alerts_acknowledgement",
        "alerts_alert",
        "alerts_feedback",
        "alerts_link",
        "alerts_owncountry",
        "alerts_subscription",
        "api_token",
        "assistance_expertise",
        "assistance_answer",
        "assistance_conclusion",
        "assistance_marked",
        "assistance_message",
        "assistance_outcome",
        "assistance_request",
        "assistance_requestbearer",
        "assistance_requestdocument",
        "assistance_requestoriginal",
        "audit_entry",
        "contribution_warned",
        "exhibits_exhibit",
        "exhibits_original",
        "casebook_casestudy",
        "casebook_link",
        "casebook_question",
        "casebook_step",
        "notices_device",
        "notices_notice",
        "notices_ways",
        "plans_approval",
        "plans_informationitem",
        "plans_informationreply",
        "plans_informationrequest",
        "plans_itemdetail",
        "plans_operationday",
        "plans_entity",
        "plans_partner",
        "plans_period",
        "plans_phase",
        "plans_plan",
        "plans_planlink",
        "plans_post",
        "plans_replycontent",
        "plans_replyitem",
        "plans_replylink",
        "plans_series",
        "plans_tally",
        "plans_task",
        "plans_tie",
        "protection_answer",
        "protection_figure",
        "protection_mechanism",
        "protection_referral",
        "protection_screening",
        "protection_wording",
        "reports_bearerdetail",
        "reports_documentdetail",
        "reports_image",
        "reports_leg",
        "reports_moved",
        "reports_original",
        "reports_report",
        "reports_rollup",
        "reports_savedfilter",
        "reports_tally",
        "sharing_agreement",
        "sharing_audience",
        "sharing_clause",
        "sharing_condition",
        "sharing_consent",
        "sharing_edition",
        "sharing_halt",
        "sharing_party",
        "sharing_release",
        "sharing_statement",
        "trends_dismissal",
    }
)
"""Tables whose rows the database itself gives to some officers and not to others."""

_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")


def open_doors(cursor: Any) -> list[str]:
    """Say what is open that should not be; nothing when all is well."""
    return [*_strong_roles(cursor), *_unsecured(cursor), *_open_tables(cursor)]


def _strong_roles(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) AND (rolsuper OR rolbypassrls OR rolcreaterole)"
        " UNION SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tableowner = ANY (%s)",
        [[SITE, WEB], [SITE, WEB]],
    )
    return [f"the role {name} may pass row-level security" for (name,) in cursor.fetchall()]


def _unsecured(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity"
        " AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)"
    )
    return [f"{name} lacks row-level security" for name in sorted(SECURED - {name for (name,) in cursor.fetchall()})]


def _open_tables(cursor: Any) -> list[str]:
    """Compare what the site may do with each closed table as a whole; rights to some columns do not count here."""
    cursor.execute(
        "SELECT relname, privilege FROM pg_class, unnest(%s::text[]) AS privilege"
        " WHERE relnamespace = 'public'::regnamespace AND relname = ANY (%s)"
        " AND has_table_privilege(%s, pg_class.oid, privilege) ORDER BY 1, 2",
        [list(_RIGHTS), list(CLOSED_TABLES), SITE],
    )
    found = [(table, right) for table, right in cursor.fetchall() if right not in CLOSED_TABLES[table]]
    return [f"the site may {right} {table}" for table, right in found]
