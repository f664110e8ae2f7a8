"""What was published on a place, to take away: for everyone signed in, as its page."""

from collections.abc import Callable, Iterable

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import fetch
from accounts.http import Request
from accounts.permissions import Permission
from organisations.models.organisation import Kind
from retention.forms.as_at import asked_day
from retention.presenters.place import place_page
from retention.presenters.place_sheets import published_sheets
from retention.presenters.spreadsheets import CSV, XLSX, Sheet, sheets_csv, sheets_xlsx
from retention.queries.place_figures import place_figures, places_of_kind
from retention.views.board import refused_day
from retention.views.downloads import download
from retention.views.outlook_parts import open_sections_of, staff_of


@require_safe
def published_csv(request: Request, code: str) -> HttpResponse:
    """Hand out the tables of what was published, and of what stands beside it, as CSV."""
    return _handed_out(request, code, sheets_csv, CSV, "csv")


@require_safe
def published_xlsx(request: Request, code: str) -> HttpResponse:
    """Hand out the same as a workbook."""
    return _handed_out(request, code, sheets_xlsx, XLSX, "xlsx")


def _handed_out(
    request: Request,
    code: str,
    written: Callable[[Iterable[Sheet]], str | bytes],
    kind: str,
    ending: str,
) -> HttpResponse:
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(*Kind), code=code)
    day_form, as_at = asked_day(request.GET)
    figures = place_figures(request.actor, place, as_at)
    # A file cannot say above its tables that the day was wrong.
    if day_form.errors:
        return refused_day(request, figures, day_form)
    page = place_page(figures)
    sections = open_sections_of(request.actor, figures)
    sheets = published_sheets(page, sections, staff_of(figures))
    name = "-".join(filter(None, ("published", page.code, page.day.asked)))
    return download(written(sheets), kind, f"{name}.{ending}")
