"""A practice's page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import fetch, may
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models.organisation import Kind
from retention.forms.as_at import asked_day
from retention.presenters.page_sections import PRACTICE, page_sections
from retention.presenters.place import place_page
from retention.queries.place_figures import place_figures, places_of_kind
from retention.views.dashboard import dashboard
from retention.views.outlook_parts import outlook_parts


@require_safe
def practice(request: Request, code: str) -> HttpResponse:
    """Show a practice: published figures to everyone signed in, its outlook to those who may."""
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(Kind.PRACTICE), code=code)
    day_form, as_at = asked_day(request.GET)
    figures = place_figures(request.actor, place, as_at)
    page = place_page(figures)
    context: dict[str, object] = {
        **dashboard(request, figures, day_form),
        **outlook_parts(figures),
        "page": page,
        "breadcrumbs": page.breadcrumbs,
        # A practice closes once; a day set for it can no longer be called off here.
        "may_change": place.holds_on(today()) and may(request.actor, Permission.EDIT_ROLES, place),
    }
    context["sections"] = page_sections(PRACTICE, context)
    return render(request, "retention/practice.html", context)
