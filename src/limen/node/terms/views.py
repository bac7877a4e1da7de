"""Type-ahead for forms."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_GET

from limen.node.terms.countries import base_language
from limen.node.terms.suggesting import Asker, suggest

LONGEST_QUESTION = 80
KEPT_SECONDS = 300


@require_GET
@login_required
def suggest_view(request: HttpRequest, kind: str) -> JsonResponse:
    """Offer what fits `q`: a list of value, label and hint in the viewer's language; `parent` narrows methods."""
    asked = request.GET.get("q", "")[:LONGEST_QUESTION]
    asker = Asker(request.user.agency.country, base_language())
    offers = suggest(kind, asked, asker, request.GET.get("parent"))
    if offers is None:
        raise Http404
    response = JsonResponse(
        [offer._asdict() for offer in offers], safe=False, json_dumps_params={"ensure_ascii": False}
    )
    patch_cache_control(response, private=True, max_age=KEPT_SECONDS)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
