"""What the pages of places share: the years ahead with their switches, and the patients."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.http import Request
from organisations.clock import today
from organisations.models.organisation import Organisation
from retention.forms.as_at import AsAtForm
from retention.forms.assumptions import AssumptionsForm
from retention.presenters.ahead import AheadSection, ahead_section
from retention.presenters.chart_on_page import ChartOnPage
from retention.presenters.place_sections import ahead_on_page
from retention.presenters.population import PopulationSection, population_section
from retention.presenters.similar_places import similar_section
from retention.queries.ahead import AHEAD_KINDS, ahead, closable
from retention.queries.place_figures import PlaceFigures
from retention.queries.places_within import PlaceOutlook
from retention.queries.population import population
from retention.queries.similar_places import SIMILAR_KINDS, similar


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
        "population": _population(figures),
        **_similar(figures),
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


def _population(figures: PlaceFigures) -> PopulationSection:
    found = population(figures.place, figures.month, figures.as_at or today())
    return population_section(found, figures.outlook)


def _similar(figures: PlaceFigures) -> dict[str, object]:
    """Return a practice or network beside similar ones; other places have none like them."""
    place, month = figures.place, figures.month
    if place.kind not in SIMILAR_KINDS or month is None:
        return {}
    found = similar(place, month, figures.as_at or today())
    return {"similar": similar_section(place.kind, found, figures.outlook)}


def years_ahead(request: Request, figures: PlaceFigures) -> YearsAhead | None:
    """Return the years ahead as the address asks; None where the reader may see no outlook."""
    place, month = figures.place, figures.month
    if figures.outlook is None or month is None or place.kind not in AHEAD_KINDS:
        return None
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
