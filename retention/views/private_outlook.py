"""The private outlooks of a network or a hub's area: a page, one to print, files and charts."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from retention.forms.as_at import asked_day
from retention.presenters.private_outlook import (
    PrivatePage,
    private_chart,
    private_page,
    private_sheets,
)
from retention.presenters.spreadsheets import CSV, XLSX, sheets_csv, sheets_xlsx
from retention.queries.own_experience import own_experience
from retention.queries.place_figures import places_of_kind
from retention.queries.private_inputs import CELL_PLACES
from retention.queries.private_outlook import PrivateOutlooks, private_outlooks
from retention.views.charts import picture
from retention.views.roster import download


@require_safe
def private(request: Request, code: str) -> HttpResponse:
    """Show the private outlooks of all staff groups."""
    return render(request, "retention/private_outlook.html", {"page": _page(request, code)})


@require_safe
def private_board(request: Request, code: str) -> HttpResponse:
    """Show them for print."""
    return render(request, "retention/private_outlook_board.html", {"page": _page(request, code)})


@require_safe
def private_csv(request: Request, code: str) -> HttpResponse:
    """Hand them out as CSV."""
    page = _page(request, code)
    return download(sheets_csv(private_sheets(page)), CSV, f"private-outlook-{page.code}.csv")


@require_safe
def private_xlsx(request: Request, code: str) -> HttpResponse:
    """Hand them out as a workbook."""
    page = _page(request, code)
    return download(sheets_xlsx(private_sheets(page)), XLSX, f"private-outlook-{page.code}.xlsx")


@require_safe
def private_chart_of(request: Request, code: str, group: str, size: str) -> HttpResponseBase:
    """Draw the private outlook of one staff group, where it is let out."""
    cell = _outlooks(request, code).of(group)
    if cell is None or cell.released is None:
        raise Http404
    return picture(request, private_chart(cell.released.private), size)


def _page(request: Request, code: str) -> PrivatePage:
    day = asked_day(request.GET)[1]
    outlooks = _outlooks(request, code)
    return private_page(outlooks, day, own_experience(request.actor, outlooks.place, day))


def _outlooks(request: Request, code: str) -> PrivateOutlooks:
    places = places_of_kind(*CELL_PLACES)
    place = fetch(request.actor, Permission.SEE_PRIVATE_OUTLOOK, places, code=code)
    found = private_outlooks(request.actor, place, asked_day(request.GET)[1])
    assert found is not None  # fetched, so it may be seen
    return found
