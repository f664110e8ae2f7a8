"""The private outlooks of a network or a hub's area: a page, one to print, files and charts."""

import datetime as dt
from collections.abc import Callable

from django.http import Http404, HttpResponseBase
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
from retention.queries.place_figures import place_figures, places_of_kind
from retention.queries.private_inputs import CELL_PLACES
from retention.queries.private_outlook import PrivateOutlooks, private_outlooks
from retention.views.board import refused_day
from retention.views.charts import picture
from retention.views.downloads import download


@require_safe
def private(request: Request, code: str) -> HttpResponseBase:
    """Show the private outlooks of all staff groups."""
    return _handed_out(
        request,
        code,
        lambda found, day: render(
            request, "retention/private_outlook.html", {"page": _page(request, found, day)}
        ),
    )


@require_safe
def private_board(request: Request, code: str) -> HttpResponseBase:
    """Show them for print."""
    return _handed_out(
        request,
        code,
        lambda found, day: render(
            request, "retention/private_outlook_board.html", {"page": _page(request, found, day)}
        ),
    )


@require_safe
def private_csv(request: Request, code: str) -> HttpResponseBase:
    """Hand them out as CSV."""
    return _handed_out(
        request,
        code,
        lambda found, day: download(
            sheets_csv(private_sheets(_page(request, found, day))), CSV, f"{_file(found)}.csv"
        ),
    )


@require_safe
def private_xlsx(request: Request, code: str) -> HttpResponseBase:
    """Hand them out as a workbook."""
    return _handed_out(
        request,
        code,
        lambda found, day: download(
            sheets_xlsx(private_sheets(_page(request, found, day))), XLSX, f"{_file(found)}.xlsx"
        ),
    )


@require_safe
def private_chart_of(request: Request, code: str, group: str, size: str) -> HttpResponseBase:
    """Draw the private outlook of one staff group, where it is let out."""

    def drawn(found: PrivateOutlooks, _: dt.date | None) -> HttpResponseBase:
        cell = found.of(group)
        # Withheld answers as unknown does: a picture must not tell which of them it is.
        if cell is None or cell.released is None:
            raise Http404
        return picture(request, private_chart(cell.released.private), size)

    return _handed_out(request, code, drawn)


def _handed_out(
    request: Request,
    code: str,
    hand_out: Callable[[PrivateOutlooks, dt.date | None], HttpResponseBase],
) -> HttpResponseBase:
    """Return what is asked for on the day of the address, or say what is wrong with that day."""
    places = places_of_kind(*CELL_PLACES)
    place = fetch(request.actor, Permission.SEE_PRIVATE_OUTLOOK, places, code=code)
    form, day = asked_day(request.GET)
    # Also for files and pictures: they would else be today's, and say another day.
    if form.errors:
        return refused_day(request, place_figures(request.actor, place), form)
    found = private_outlooks(request.actor, place, day)
    assert found is not None  # fetched, so it may be seen
    return hand_out(found, day)


def _page(request: Request, found: PrivateOutlooks, day: dt.date | None) -> PrivatePage:
    return private_page(found, day, own_experience(request.actor, found.place, day))


def _file(found: PrivateOutlooks) -> str:
    return f"private-outlook-{found.place.code}"
