"""Charts as pictures, each authorised as the section of the page that it belongs to."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from accounts.access import authorise, fetch
from accounts.http import Request
from accounts.permissions import Permission
from organisations.models.organisation import Kind, Organisation
from retention.presenters.age_profile import profile_chart
from retention.presenters.charts import ChartData, Size, fingerprint, sizes, svg
from retention.presenters.outlook import outlook_chart
from retention.queries.age_profile import age_profile, is_known
from retention.queries.place_figures import AREAS, outlook_permission, places_of_kind
from retention.queries.public_outlook import public_outlook


@require_safe
def network_chart(request: Request, code: str, name: str) -> HttpResponseBase:
    """Draw a chart of a network."""
    return _chart(request, name, code, Kind.NETWORK)


@require_safe
def practice_chart(request: Request, code: str, name: str) -> HttpResponseBase:
    """Draw a chart of a practice."""
    return _chart(request, name, code, Kind.PRACTICE)


@require_safe
def area_chart(request: Request, code: str, name: str) -> HttpResponseBase:
    """Draw a chart of an area."""
    return _chart(request, name, code, *AREAS)


def _age_profile(request: Request, place: Organisation) -> ChartData:
    profile = age_profile(place)
    if profile is None or not is_known(profile):
        raise Http404
    return profile_chart(profile)


def _outlook(request: Request, place: Organisation) -> ChartData:
    authorise(request.actor, outlook_permission(place), place)
    outlook = public_outlook(place)
    if outlook is None:
        raise Http404
    return outlook_chart(outlook)


_CHARTS: dict[str, Callable[[Request, Organisation], ChartData]] = {
    "age-profile": _age_profile,
    "outlook": _outlook,
}
_NAMES: dict[str, tuple[str, Size]] = {
    f"{name}-{size}": (name, size) for name in _CHARTS for size in sizes()
}


def _chart(request: Request, name: str, code: str, *kinds: Kind) -> HttpResponseBase:
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(*kinds), code=code)
    if name not in _NAMES:
        raise Http404
    chart, size = _NAMES[name]
    data = _CHARTS[chart](request, place)
    etag = quote_etag(fingerprint(data, size))
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(svg(data, size), content_type="image/svg+xml")
    response["ETag"] = etag
    # A shared computer must not keep what the next person at it may not see.
    patch_cache_control(response, private=True, no_cache=True)
    return response
