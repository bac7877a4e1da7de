"""Addresses of the site; each app brings its own."""

from __future__ import annotations

from django.urls import include, path

handler400 = "limen.node.web.views.bad_request"
handler403 = "limen.node.web.views.forbidden"
handler404 = "limen.node.web.views.not_found"
handler500 = "limen.node.web.views.server_error"

urlpatterns = [
    path("", include("limen.node.web.urls")),
    path("account/", include("allauth.urls")),
    path("terms/", include("limen.node.terms.urls")),
]
