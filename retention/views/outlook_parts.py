"""Sections of a place's page beside its outlook: other staff, changes, patients, like places."""

import datetime as dt

from accounts.actor import Actor
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation
from retention.presenters.network_staff import StaffSection, staff_section
from retention.presenters.other_staff import OtherStaff, other_staff_section
from retention.presenters.outlook_change import change_sentences
from retention.presenters.place_sheets import OpenSections
from retention.presenters.population import PopulationSection, population_section
from retention.presenters.similar_places import SimilarSection, similar_section
from retention.queries.network_staff import (
    entitlement,
    financial_year,
    may_see_entitlement,
    network_staff,
)
from retention.queries.other_staff import other_staff
from retention.queries.outlook_change import outlook_change
from retention.queries.place_figures import PlaceFigures
from retention.queries.population import population
from retention.queries.similar_places import SIMILAR_KINDS, similar


def outlook_parts(figures: PlaceFigures) -> dict[str, object]:
    """Return both sections for a page's template, as far as its reader may see the outlook."""
    return {"other_staff": staff_of(figures), "changes": changes_of(figures)}


def open_sections_of(actor: Actor, figures: PlaceFigures) -> OpenSections:
    """Return the sections that stand beside a place's outlook, as `actor` sees them."""
    return OpenSections(
        population=population_of(figures),
        similar=similar_of(figures),
        network_staff=network_staff_of(actor, figures.place, figures.as_at or today()),
    )


def population_of(figures: PlaceFigures) -> PopulationSection:
    """Return the section on patients."""
    found = population(figures.place, figures.month, figures.as_at or today())
    return population_section(found, figures.outlook)


def similar_of(figures: PlaceFigures) -> SimilarSection | None:
    """Return a practice or network beside similar ones; other places have none like them."""
    place, month = figures.place, figures.month
    if place.kind not in SIMILAR_KINDS or month is None:
        return None
    found = similar(place, month, figures.as_at or today())
    return similar_section(place.kind, found, figures.outlook)


def network_staff_of(actor: Actor, place: Organisation, day: dt.date) -> StaffSection | None:
    """Return a network's own staff, with the entitlement for those who may see it."""
    if place.kind != Kind.NETWORK:
        return None
    may_see, year = may_see_entitlement(actor, place), financial_year(day)
    entered = entitlement(place, year) if may_see else None
    return staff_section(network_staff(place, day), entered, year=year, may_see=may_see)


def staff_of(figures: PlaceFigures) -> OtherStaff:
    """Return the section on other staff."""
    # Nothing is expected of a place that has closed; what was published of it stays.
    may_see = figures.may_see_outlook and not figures.has_closed
    found = other_staff(figures.place, figures.month, may_see_outlook=may_see)
    return other_staff_section(found, may_see_outlook=may_see)


def changes_of(figures: PlaceFigures) -> list[list[str]]:
    """Return what moved the outlook since the figures before, and since a year before."""
    if figures.outlook is None:
        return []
    last = outlook_change(figures.place, figures.outlook)
    year = outlook_change(figures.place, figures.outlook, a_year=True)
    # With one release a year both would say the same.
    if last and year and last.then == year.then:
        year = None
    return [change_sentences(change) for change in (last, year) if change]
