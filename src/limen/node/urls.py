"""Addresses of the site; each app brings its own."""

from __future__ import annotations

from django.urls import include, path

from limen.node.desk.views.home import home
from limen.node.desk.views.queue import queue
from limen.node.notices.views import service_worker
from limen.node.people.urls import account_urls, setup_urls
from limen.node.reports.views import verifying

handler400 = "limen.node.web.views.bad_request"
handler403 = "limen.node.web.views.forbidden"
handler404 = "limen.node.web.views.not_found"
handler500 = "limen.node.web.views.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("releases/", queue, name="queue"),
    path("", include("limen.node.sharing.urls")),
    path("verify/", verifying.verify, name="verify"),
    path("verify/report/", verifying.report, name="verify_report"),
    path("", include("limen.node.web.urls")),
    path("account/", include(account_urls)),
    path("setup/", include((setup_urls, "setup"))),
    path("people/", include("limen.node.people.urls")),
    path("audit/", include("limen.node.audit.urls")),
    path("terms/", include("limen.node.terms.urls")),
    path("", include("limen.node.reports.urls")),
    path("service-worker.js", service_worker, name="service_worker"),
    path("agreements/", include("limen.node.agreements.urls")),
    path("contribution/", include("limen.node.contribution.urls")),
    path("protection/", include("limen.node.protection.urls")),
    path("notices/", include("limen.node.notices.urls")),
    path("exhibits/", include("limen.node.exhibits.urls")),
    path("alerts/", include("limen.node.alerts.urls")),
    path("cases/", include("limen.node.casebook.urls")),
    path("plans/", include("limen.node.plans.urls")),
    path("trends/", include("limen.node.trends.urls")),
    path("assistance/", include("limen.node.assistance.urls")),
    path("people/tokens/", include("limen.node.api.pages.urls")),
    path("api/", include("limen.node.api.urls")),
]
