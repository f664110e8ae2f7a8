"""A place's outlook to take away: one page for a board, and its tables as files."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import authorise, fetch
from accounts.http import Request
from accounts.permissions import Permission
from organisations.models.organisation import Organisation
from retention.presenters.ahead import AheadSection
from retention.presenters.chart_on_page import ChartOnPage
from retention.presenters.outlook_sheets import outlook_sheets
from retention.presenters.place import PlacePage, place_page
from retention.presenters.spreadsheets import CSV, XLSX, Sheet, sheets_csv, sheets_xlsx
from retention.queries.ahead import AHEAD_KINDS
from retention.queries.place_figures import (
    PlaceFigures,
    outlook_permission,
    place_figures,
    places_of_kind,
)
from retention.views.dashboard import years_ahead
from retention.views.outlook_parts import changes_of, staff_of
from retention.views.roster import download


@dataclass(frozen=True)
class _Asked:
    place: Organisation
    page: PlacePage
    ahead: AheadSection
    chart: ChartOnPage
    figures: PlaceFigures

    def sheets(self) -> list[Sheet]:
        """Return its tables as files hold them."""
        return outlook_sheets(
            self.page, self.ahead, staff_of(self.figures), changes_of(self.figures)
        )


@require_safe
def board(request: Request, code: str) -> HttpResponse:
    """Show the outlook of a place on one side of A4."""
    asked = _asked(request, code)
    context = {
        "page": asked.page,
        "ahead": asked.ahead,
        "ahead_chart": asked.chart,
        "back_url": asked.place.get_absolute_url(),
    }
    return render(request, "retention/board.html", context)


@require_safe
def outlook_csv(request: Request, code: str) -> HttpResponse:
    """Hand out the tables of a place's outlook as CSV."""
    asked = _asked(request, code)
    return download(sheets_csv(asked.sheets()), CSV, f"outlook-{asked.page.code}.csv")


@require_safe
def outlook_xlsx(request: Request, code: str) -> HttpResponse:
    """Hand out the tables of a place's outlook as a workbook."""
    asked = _asked(request, code)
    return download(sheets_xlsx(asked.sheets()), XLSX, f"outlook-{asked.page.code}.xlsx")


def _asked(request: Request, code: str) -> _Asked:
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(*AHEAD_KINDS), code=code)
    authorise(request.actor, outlook_permission(place), place)
    figures = place_figures(request.actor, place)
    found = years_ahead(request, figures)
    if found is None or found.section is None or found.chart is None:
        raise Http404
    return _Asked(place, place_page(figures), found.section, found.chart, figures)
