"""Every component with invented data, for those who build pages: `/styleguide/`, with DEBUG only."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """The style guide."""
    return render(request, "web/styleguide.html")


urlpatterns = [path("styleguide/", page, name="styleguide")]
