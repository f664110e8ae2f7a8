"""What the pages of places share: the years ahead with their switches, and the patients."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.http import Request
from organisations.models.organisation import Organisation
from retention.forms.as_at import AsAtForm
from retention.forms.assumptions import AssumptionsForm
from retention.presenters.ahead import AheadSection, ahead_section
from retention.presenters.chart_on_page import ChartOnPage
from retention.presenters.place_sections import ahead_on_page
from retention.queries.ahead import AHEAD_KINDS, ahead, closable
from retention.queries.place_figures import PlaceFigures
from retention.queries.places_within import PlaceOutlook
from retention.views.outlook_parts import population_of, similar_of


@dataclass(frozen=True)
class YearsAhead:
    """A place's switches as a reader set them; `section` is None where that is no choice."""

    form: AssumptionsForm
    section: AheadSection | None = None
    chart: ChartOnPage | None = None


def dashboard(request: Request, figures: PlaceFigures, day_form: AsAtForm) -> dict[str, object]:
    """Return both forms of a page for its template, and the years ahead for who may see them.

    `form` is the one of the two whose errors the page is headed with.
    """
    shared: dict[str, object] = {
        "day_form": day_form,
        "form": day_form,
        "population": population_of(figures),
        "similar": similar_of(figures),
    }
    found = years_ahead(request, figures)
    if found is None:
        return shared
    return {
        **shared,
        "switches": found.form,
        "form": day_form if day_form.errors else found.form,
        "ahead": found.section,
        "ahead_chart": found.chart,
    }


def years_ahead(request: Request, figures: PlaceFigures) -> YearsAhead | None:
    """Return the years ahead as the address asks; None where the reader may see no outlook."""
    place, month = figures.place, figures.month
    if figures.outlook is None or month is None or place.kind not in AHEAD_KINDS:
        return None
    # Where an answer is no choice, the form shows why, and no figures stand below it.
    form = switches(request, place, month, figures.practices)
    found = ahead(place, month, form.assumptions()) if form.is_valid() else None
    if found is None:
        return YearsAhead(form)
    section = ahead_section(place, found, form.assumptions(), figures.as_at)
    return YearsAhead(form, section, ahead_on_page(figures, section, request.GET))


def switches(
    request: Request, place: Organisation, month: dt.date, practices: Iterable[PlaceOutlook]
) -> AssumptionsForm:
    """Return the form as asked; only practices that the reader may close are choices."""
    choices = [(row.place.code, row.place.name) for row in closable(place, month, practices)]
    return AssumptionsForm(request.GET, practices=choices)
