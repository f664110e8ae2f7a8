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
from retention.presenters.charts import ChartData, fingerprint, sizes, svg
from retention.presenters.outlook import outlook_chart
from retention.queries.age_profile import age_profile, is_known
from retention.queries.place_figures import outlook_permission, places_of_kind
from retention.queries.public_outlook import public_outlook


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


def _picture(
    request: Request,
    kinds: tuple[Kind, ...],
    code: str,
    name: str,
    data_of: Callable[[Request, Organisation], ChartData],
) -> HttpResponseBase:
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(*kinds), code=code)
    size = next((size for size in sizes() if size == name), None)
    if size is None:
        raise Http404
    data = data_of(request, place)
    etag = quote_etag(fingerprint(data, size))
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(svg(data, size), content_type="image/svg+xml")
    response["ETag"] = etag
    # A shared computer must not show what the next person at it may not see.
    patch_cache_control(response, private=True, no_cache=True)
    return response
