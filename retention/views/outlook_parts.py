"""Sections that every place's page has beside its outlook: other staff, and what changed."""

from retention.presenters.other_staff import OtherStaff, other_staff_section
from retention.presenters.outlook_change import change_sentences
from retention.queries.other_staff import other_staff
from retention.queries.outlook_change import outlook_change
from retention.queries.place_figures import PlaceFigures


def outlook_parts(figures: PlaceFigures) -> dict[str, object]:
    """Return both sections for a page's template, as far as its reader may see the outlook."""
    return {"other_staff": staff_of(figures), "changes": changes_of(figures)}


def staff_of(figures: PlaceFigures) -> OtherStaff:
    """Return the section on other staff."""
    may_see = figures.may_see_outlook
    found = other_staff(figures.place, figures.month, may_see_outlook=may_see)
    return other_staff_section(found, may_see_outlook=may_see)


def changes_of(figures: PlaceFigures) -> list[list[str]]:
    """Return what moved the outlook since the figures before, and since a year before."""
    if figures.outlook is None:
        return []
    last = outlook_change(figures.place, figures.outlook)
    year = outlook_change(figures.place, figures.outlook, a_year=True)
    if last and year and last.then == year.then:
        year = None
    return [change_sentences(change) for change in (last, year) if change]
