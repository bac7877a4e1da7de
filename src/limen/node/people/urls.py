"""Addresses of agencies and officers. Sign-in itself is allauth's, below `account/`, less what the house closes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from limen.node.people.views import agencies, joining, me, officers

app_name = "people"

urlpatterns = [
    path("", officers.officers, name="list"),
    path("invite/", officers.invite, name="invite"),
    path("invitations/<int:number>/withdraw/", officers.withdraw, name="withdraw"),
    path("<int:number>/roles/", officers.roles, name="roles"),
    path("<int:number>/<slug:doing>/", officers.officer_doing, name="officer_doing"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/new/", agencies.new_agency, name="new_agency"),
    path("agencies/<slug:code>/administrator/", agencies.first_administrator, name="first_administrator"),
    path("agencies/<slug:code>/<slug:doing>/", agencies.agency_doing, name="agency_doing"),
    path("agency/", agencies.my_agency, name="my_agency"),
    path("me/", me.me, name="profile"),
    path("sessions/", me.sessions, name="sessions"),
    path("sessions/others/end/", me.end_others, name="end_others"),
    path("sessions/<int:number>/end/", me.end_session, name="end_session"),
    path("join/", joining.join, name="join"),
    path("join/<str:token>/", joining.open_invitation, name="open_invitation"),
]


@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    """Answer as if allauth had no such page."""
    raise Http404


_CLOSED = r"^(?:signup|email|confirm-email|reauthenticate/code|login/code|3rdparty|social|password/set|inactive)/"

account_urls = [
    path("sessions/", RedirectView.as_view(pattern_name="people:sessions")),
    re_path(_CLOSED, closed),
    path("", include("allauth.urls")),
]
"""Passwords, second factors and identity providers: nobody signs up, changes the address or adds a provider."""

setup_urls = [path("<str:token>/", joining.set_up, name="set_up")]
"""The first-run page."""
