"""The page of an ICB, a sub-ICB location, a region or England."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from retention.forms.as_at import asked_day
from retention.presenters.page_sections import AREA, page_sections
from retention.presenters.place import place_page
from retention.queries.place_figures import AREAS, place_figures, places_of_kind
from retention.views.dashboard import dashboard
from retention.views.outlook_parts import outlook_parts


@require_safe
def area(request: Request, code: str) -> HttpResponse:
    """Show an area: published figures to everyone signed in, its outlook to those who may."""
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(*AREAS), code=code)
    day_form, as_at = asked_day(request.GET)
    figures = place_figures(request.actor, place, as_at)
    # Whether the reader may see the outlook is decided in the figures, once for all sections.
    page = place_page(figures)
    context: dict[str, object] = {
        **dashboard(request, figures, day_form),
        **outlook_parts(figures),
        "page": page,
        "breadcrumbs": page.breadcrumbs,
    }
    context["sections"] = page_sections(AREA, context)
    return render(request, "retention/area.html", context)
