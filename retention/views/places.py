"""Finding a place."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import authorise
from accounts.http import Request
from accounts.permissions import Permission
from retention.queries.place_search import search_places

PAGE = 25
# Longer than any name: more is a mistake, or a way to make the database work.
LONGEST = 100


@require_safe
def places(request: Request) -> HttpResponse:
    """List the places that fit what was typed, a page at a time."""
    authorise(request.actor, Permission.SEE_PUBLISHED)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    page = Paginator(search_places(text), PAGE).get_page(request.GET.get("page"))
    return render(request, "retention/places.html", {"text": text, "page": page})
