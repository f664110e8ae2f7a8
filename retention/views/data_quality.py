"""Data quality: of a place's published figures, and of a practice's own posts."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import fetch, may
from accounts.http import Request
from accounts.permissions import Permission
from organisations.clock import today
from organisations.models.organisation import Kind
from retention.forms.data_quality import QualityForm, quality_asked
from retention.models.published_count import StaffGroup
from retention.presenters.data_quality import (
    QualityPage,
    check_rows,
    check_sentence,
    quality_page,
)
from retention.presenters.spreadsheets import CSV, XLSX, sheets_csv, sheets_xlsx
from retention.queries.data_quality import PlaceQuality, place_quality, records_confirmed
from retention.queries.place_figures import places_of_kind
from retention.queries.posts import practices
from retention.queries.posts_to_check import posts_to_check
from retention.views.downloads import download

ON_A_PAGE = 50


@require_safe
def quality(request: Request, code: str) -> HttpResponse:
    """List the practices of a place whose figures want a look, worst first."""
    found, group = _found(request, code)
    page = _page(request, found, group)
    rows = Paginator(page.rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": rows, "form": QualityForm(found, group)}
    return render(request, "retention/place_quality.html", context)


@require_safe
def quality_csv(request: Request, code: str) -> HttpResponse:
    """Hand out every practice with its grade and reasons as CSV."""
    page = _page(request, *_found(request, code))
    return download(sheets_csv(page.sheets), CSV, f"data-quality-{page.code}.csv")


@require_safe
def quality_xlsx(request: Request, code: str) -> HttpResponse:
    """Hand out every practice with its grade and reasons as a workbook."""
    page = _page(request, *_found(request, code))
    return download(sheets_xlsx(page.sheets), XLSX, f"data-quality-{page.code}.xlsx")


@require_safe
def to_check(request: Request, code: str) -> HttpResponse:
    """List a practice's own posts that want a look, worst first."""
    practice = fetch(request.actor, Permission.SEE_POSTS, practices(), code=code)
    check = posts_to_check(request.actor, practice, today())
    context = {
        "practice": practice,
        "sentence": check_sentence(check),
        "rows": check_rows(check),
    }
    return render(request, "retention/posts_to_check.html", context)


def _found(request: Request, code: str) -> tuple[PlaceQuality, StaffGroup | None]:
    place = fetch(request.actor, Permission.SEE_PUBLISHED, places_of_kind(*Kind), code=code)
    month, group = quality_asked(request.GET)
    return place_quality(place, month=month, staff_group=group), group


def _page(request: Request, found: PlaceQuality, group: StaffGroup | None) -> QualityPage:
    # How old a practice's own record is, it tells the hub by sharing, and nobody else.
    sees = may(request.actor, Permission.SEE_RECORD_AGE, found.place)
    records = records_confirmed(found.place, today()) if sees else None
    return quality_page(found, group, records)
