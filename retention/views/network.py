"""A network's dashboard."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import fetch, may
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation
from retention.actions.entitlements import years_open
from retention.forms.as_at import asked_day
from retention.presenters.network_cover import cover_table
from retention.presenters.network_staff import WHAT_COUNTS
from retention.presenters.page_sections import NETWORK, page_sections
from retention.presenters.place import place_page
from retention.presenters.private_outlook import private_section
from retention.presenters.session_grid import date_words
from retention.queries.network_cover import may_see_cover, network_cover
from retention.queries.network_staff import financial_year
from retention.queries.place_figures import place_figures, places_of_kind
from retention.views.dashboard import dashboard
from retention.views.outlook_parts import network_staff_of, outlook_parts


@require_safe
def cover(request: Request, code: str) -> HttpResponse:
    """Show how many clinical people are in on each half-day, to those who work in the network."""
    place = fetch(
        request.actor, Permission.SEE_PLACE_OUTLOOK, places_of_kind(Kind.NETWORK), code=code
    )
    found = network_cover(request.actor, place)
    context = {"network": place, "date": date_words(found.date), "table": cover_table(found)}
    return render(request, "retention/network_cover.html", context)


@require_safe
def network(request: Request, code: str) -> HttpResponse:
    """Show a network: published figures to everyone signed in, its outlook to those who may."""
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(Kind.NETWORK), code=code)
    day_form, as_at = asked_day(request.GET)
    figures = place_figures(request.actor, place, as_at)
    page = place_page(figures)
    context: dict[str, object] = {
        **dashboard(request, figures, day_form),
        **outlook_parts(figures),
        "page": page,
        "breadcrumbs": page.breadcrumbs,
        "private": private_section(request.actor, place, as_at),
        # A link alone: the cover has a page and a permission of its own.
        "has_cover": may_see_cover(request.actor, place),
        "code": code,
        **_staff(request, place, as_at or today()),
    }
    context["sections"] = page_sections(NETWORK, context)
    return render(request, "retention/network.html", context)


def _staff(request: Request, place: Organisation, day: dt.date) -> dict[str, object]:
    """Return the network's own staff, and the year whose entitlement the reader may enter."""
    year = financial_year(day)
    # A page as at a day gone by is of that day's year, which may be settled.
    may_enter = year in years_open() and may(request.actor, Permission.EDIT_ENTITLEMENT, place)
    return {
        "staff": network_staff_of(request.actor, place, day),
        "staff_counts": WHAT_COUNTS,
        "entitlement_year": year if may_enter else None,
    }
