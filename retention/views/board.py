"""A place's outlook to take away: one page for a board, and its tables as files."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import authorise, fetch
from accounts.actor import Actor
from accounts.http import Request
from accounts.permissions import Permission
from retention.forms.as_at import AsAtForm, asked_day
from retention.presenters.ahead import AheadSection
from retention.presenters.chart_on_page import ChartOnPage
from retention.presenters.outlook_sheets import outlook_sheets
from retention.presenters.place import PlacePage, place_page
from retention.presenters.place_sheets import open_sheets
from retention.presenters.place_summary import HAS_CLOSED
from retention.presenters.spreadsheets import CSV, XLSX, Sheet, sheets_csv, sheets_xlsx
from retention.queries.ahead import AHEAD_KINDS
from retention.queries.place_figures import (
    PlaceFigures,
    outlook_permission,
    place_figures,
    places_of_kind,
)
from retention.views.dashboard import years_ahead
from retention.views.downloads import download
from retention.views.outlook_parts import changes_of, open_sections_of, staff_of

_NO_OUTLOOK = "There is no outlook of this place for that day. Enter another one"
_CLOSED = f"{HAS_CLOSED} Enter a day before it closed"


@dataclass(frozen=True)
class _Asked:
    page: PlacePage
    ahead: AheadSection
    chart: ChartOnPage
    figures: PlaceFigures
    day_form: AsAtForm

    @property
    def file_name(self) -> str:
        """A name that tells the place and, where it is not today's, the day."""
        return "-".join(filter(None, ("outlook", self.page.code, self.page.day.asked)))

    def sheets(self, actor: Actor) -> list[Sheet]:
        """Return its tables as files hold them, as `actor` sees them."""
        return outlook_sheets(
            self.page,
            self.ahead,
            staff_of(self.figures),
            changes_of(self.figures),
            open_sheets(open_sections_of(actor, self.figures)),
        )


@require_safe
def board(request: Request, code: str) -> HttpResponse:
    """Show the outlook of a place on one side of A4."""
    return _handed_out(request, code, _page)


@require_safe
def outlook_csv(request: Request, code: str) -> HttpResponse:
    """Hand out the tables of a place's outlook as CSV."""
    return _handed_out(
        request,
        code,
        lambda by, it: download(sheets_csv(it.sheets(by.actor)), CSV, f"{it.file_name}.csv"),
    )


@require_safe
def outlook_xlsx(request: Request, code: str) -> HttpResponse:
    """Hand out the tables of a place's outlook as a workbook."""
    return _handed_out(
        request,
        code,
        lambda by, it: download(sheets_xlsx(it.sheets(by.actor)), XLSX, f"{it.file_name}.xlsx"),
    )


def _page(request: Request, asked: _Asked) -> HttpResponse:
    context = {
        "page": asked.page,
        "ahead": asked.ahead,
        "ahead_chart": asked.chart,
        "day_form": asked.day_form,
    }
    return render(request, "retention/board.html", context)


def _handed_out(
    request: Request, code: str, hand_out: Callable[[Request, _Asked], HttpResponse]
) -> HttpResponse:
    """Return what is asked for of a place on the day of the address, or say what is wrong with it.

    What is taken away is read without its address: it is never of another day than the asked one.
    """
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(*AHEAD_KINDS), code=code)
    # Which permission it takes depends on the kind of place, known only once it is fetched.
    authorise(request.actor, outlook_permission(place), place)
    day_form, as_at = asked_day(request.GET)
    figures = place_figures(request.actor, place, as_at)
    found = None if day_form.errors else years_ahead(request, figures)
    # “Not found” would not tell that it is the day that is wrong.
    if found is None and (day_form.is_bound or figures.has_closed):
        return refused_day(request, figures, day_form)
    # Too few people, nothing published, or an assumption that is no choice: no page for any of
    # them.
    if found is None or found.section is None or found.chart is None:
        raise Http404
    asked = _Asked(place_page(figures), found.section, found.chart, figures, day_form)
    return hand_out(request, asked)


def refused_day(request: Request, figures: PlaceFigures, form: AsAtForm) -> HttpResponse:
    """Say what is wrong with a day: it is none, or nothing is known of it."""
    if not form.errors:
        form = AsAtForm(request.GET)
        form.add_error("as_at", _CLOSED if figures.has_closed else _NO_OUTLOOK)
    context = {"form": form, "page": place_page(figures)}
    return render(request, "retention/refused_day.html", context, status=HTTPStatus.BAD_REQUEST)
