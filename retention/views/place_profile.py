"""A place's age profile, compared with others: open data, for everyone signed in."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from organisations.models import Organisation
from organisations.models.organisation import Kind
from retention.forms.place_profile import Asked, ProfileForm, asked_of
from retention.presenters.charts import ChartData
from retention.presenters.place_profile import (
    ProfilePage,
    profile_page,
    pyramid_data,
    trend_data,
)
from retention.presenters.spreadsheets import CSV, XLSX, sheets_csv, sheets_xlsx
from retention.queries.place_figures import places_of_kind
from retention.queries.place_profile import PlaceProfile, place_profile
from retention.views.charts import picture
from retention.views.downloads import download


@require_safe
def profile(request: Request, code: str) -> HttpResponse:
    """Show ages, sexes, roles, sessions and all loaded months of a place, beside others."""
    place = _place(request, code)
    asked = asked_of(request.GET, place)
    found = _profile(place, asked)
    context = {"page": profile_page(found, asked.places), "form": ProfileForm(found, asked)}
    return render(request, "retention/place_profile.html", context)


@require_safe
def profile_csv(request: Request, code: str) -> HttpResponse:
    """Hand out the tables of the page as CSV."""
    page = _page(request, code)
    return download(sheets_csv(page.sheets), CSV, f"profile-{page.code}.csv")


@require_safe
def profile_xlsx(request: Request, code: str) -> HttpResponse:
    """Hand out the tables of the page as a workbook."""
    page = _page(request, code)
    return download(sheets_xlsx(page.sheets), XLSX, f"profile-{page.code}.xlsx")


@require_safe
def profile_chart(request: Request, code: str, chart: str, size: str) -> HttpResponseBase:
    """Draw the pyramid, or the lines over all loaded months, that the same address shows."""
    place = _place(request, code)
    asked = asked_of(request.GET, place)
    # Without the places beside it: a picture shows one place, the tables compare.
    data = _chart_data(
        place_profile(place, month=asked.month, staff_group=asked.staff_group), chart
    )
    if data is None:
        raise Http404
    return picture(request, data, size)


def _chart_data(found: PlaceProfile, chart: str) -> ChartData | None:
    if chart == "pyramid":
        return pyramid_data(found)
    return trend_data(found, chart) if chart in ("older", "sessions") else None


def _page(request: Request, code: str) -> ProfilePage:
    place = _place(request, code)
    asked = asked_of(request.GET, place)
    return profile_page(_profile(place, asked), asked.places)


def _profile(place: Organisation, asked: Asked) -> PlaceProfile:
    return place_profile(
        place, month=asked.month, staff_group=asked.staff_group, compare=asked.places.chosen
    )


def _place(request: Request, code: str) -> Organisation:
    return fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(*Kind), code=code)
