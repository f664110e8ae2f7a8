"""Charts as pictures, each authorised as the section of the page that it belongs to."""

import datetime as dt
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from accounts.access import authorise, fetch
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation
from retention.forms.as_at import asked_day
from retention.presenters.age_profile import profile_chart
from retention.presenters.ahead import ahead_chart
from retention.presenters.charts import ChartData, fingerprint, sizes, svg
from retention.presenters.outlook import outlook_chart
from retention.queries.age_profile import age_profile, is_known, latest_month
from retention.queries.ahead import AHEAD_KINDS, ahead
from retention.queries.place_figures import (
    has_closed,
    outlook_permission,
    place_figures,
    places_of_kind,
    readable_outlook,
)
from retention.queries.places_within import practices_within
from retention.views.board import refused_day
from retention.views.dashboard import switches


@require_safe
def age_chart(request: Request, kinds: tuple[Kind, ...], code: str, size: str) -> HttpResponseBase:
    """Draw the published age profile of a place: open data, for everyone signed in."""
    return _picture(request, kinds, code, size, _age_profile)


@require_safe
def outlook_chart_of(
    request: Request, kinds: tuple[Kind, ...], code: str, size: str
) -> HttpResponseBase:
    """Draw the outlook of a place, for those who may see it."""
    return _picture(request, kinds, code, size, _outlook)


@require_safe
def ahead_chart_of(
    request: Request, kinds: tuple[Kind, ...], code: str, size: str
) -> HttpResponseBase:
    """Draw a place's ten years ahead under the assumptions asked, for those who may see them."""
    return _picture(request, kinds, code, size, _ahead)


def _age_profile(request: Request, place: Organisation, as_at: dt.date | None) -> ChartData:
    month = latest_month(place, as_at)
    profile = age_profile(place, month) if month else None
    if profile is None or not is_known(profile):
        raise Http404
    return profile_chart(profile)


def _outlook(request: Request, place: Organisation, as_at: dt.date | None) -> ChartData:
    authorise(request.actor, outlook_permission(place), place)
    outlook = readable_outlook(request.actor, place, latest_month(place, as_at), as_at or today())
    if outlook is None:
        raise Http404
    return outlook_chart(outlook)


def _ahead(request: Request, place: Organisation, as_at: dt.date | None) -> ChartData:
    authorise(request.actor, outlook_permission(place), place)
    month, day = latest_month(place, as_at), as_at or today()
    if month is None or place.kind not in AHEAD_KINDS or has_closed(place, day):
        raise Http404
    within_network = place.kind == Kind.NETWORK
    practices = practices_within(request.actor, place, month, day) if within_network else ()
    form = switches(request, place, month, practices)
    found = ahead(place, month, form.assumptions()) if form.is_valid() else None
    if found is None:
        raise Http404
    return ahead_chart(found)


def _picture(
    request: Request,
    kinds: tuple[Kind, ...],
    code: str,
    name: str,
    data_of: Callable[[Request, Organisation, dt.date | None], ChartData],
) -> HttpResponseBase:
    """Return the picture of the day of the address, or say what is wrong with that day.

    A picture tells no day: one of today under another day's address would be taken for that day's.
    """
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(*kinds), code=code)
    form, as_at = asked_day(request.GET)
    if form.errors:
        return refused_day(request, place_figures(request.actor, place), form)
    return picture(request, data_of(request, place, as_at), name)


def picture(request: HttpRequest, data: ChartData, name: str) -> HttpResponseBase:
    """Return a chart as a picture of the size `name`, unless the reader has that very one."""
    # Chosen from a few: any size would let anyone have the server draw without end.
    size = next((size for size in sizes() if size == name), None)
    if size is None:
        raise Http404
    etag = quote_etag(fingerprint(data, size))
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(svg(data, size), content_type="image/svg+xml")
    response["ETag"] = etag
    # A shared computer must not show what the next person at it may not see.
    patch_cache_control(response, private=True, no_cache=True)
    return response
