"""The page of a place: its summary, outlook, published figures, and the places within it."""

from dataclasses import dataclass

from django.urls import reverse

from organisations.clock import today
from organisations.models.organisation import Kind
from retention.presenters.outlook import Table
from retention.presenters.place_addresses import address, same_day
from retention.presenters.place_history import day, last_day, practice_history, practices_history
from retention.presenters.place_lists import PlacesWithin, places_within
from retention.presenters.place_sections import (
    OutlookSection,
    PublishedSection,
    outlook_section,
    published_section,
)
from retention.presenters.place_summary import PlaceSummary, summary_of
from retention.queries.place_figures import PlaceFigures


@dataclass(frozen=True)
class PageDay:
    """The day of a page in words and as it was asked for; its addresses.

    `query` keeps the day in the address of another page. The three are empty today.
    """

    as_at: str
    asked: str
    url: str
    url_that_day: str
    query: str


@dataclass(frozen=True)
class PlacePast:
    """What became of a place: closed or merged, where it belonged, who joined and left it."""

    closed: str
    successor_name: str
    successor_url: str
    history: Table | None
    practices: Table | None
    practices_note: str

    @property
    def is_known(self) -> bool:
        """Whether there is more to tell than how it is today."""
        return self.history is not None or self.practices is not None


@dataclass(frozen=True)
class PlacePage:
    """All that a place's page shows; empty parts are not shown."""

    title: str
    kind: str
    code: str
    breadcrumbs: list[tuple[str, str]]
    day: PageDay
    summary: PlaceSummary
    published: PublishedSection
    outlook: OutlookSection
    within: PlacesWithin
    past: PlacePast


def place_page(figures: PlaceFigures) -> PlacePage:
    """Return the page of a place."""
    place = figures.place
    return PlacePage(
        title=figures.name_of(place),
        kind=Kind(place.kind).label,
        code=place.code,
        breadcrumbs=_breadcrumbs(figures),
        day=_page_day(figures),
        summary=summary_of(figures),
        published=published_section(figures),
        outlook=outlook_section(figures),
        within=places_within(figures),
        past=_past(figures),
    )


def _page_day(figures: PlaceFigures) -> PageDay:
    return PageDay(
        as_at=day(figures.as_at) if figures.as_at else "",
        asked=figures.as_at.isoformat() if figures.as_at else "",
        url=figures.place.get_absolute_url(),
        url_that_day=address(figures, figures.place),
        query=same_day(figures),
    )


def _past(figures: PlaceFigures) -> PlacePast:
    joined_and_left, unchanged = practices_history(figures)
    return PlacePast(
        closed=_closed(figures),
        successor_name=figures.successor.name if figures.successor else "",
        successor_url=address(figures, figures.successor) if figures.successor else "",
        history=practice_history(figures),
        practices=joined_and_left,
        practices_note=unchanged,
    )


def _closed(figures: PlaceFigures) -> str:
    """Say since when a place is closed; its last day, as the lists print it."""
    ends_on = figures.place.ends_on
    if ends_on is None or ends_on > (figures.as_at or today()):
        return ""
    return f"Closed on {last_day(ends_on)}"


def _breadcrumbs(figures: PlaceFigures) -> list[tuple[str, str]]:
    # The network last: it is what a practice's reader goes back to.
    above = [*figures.above, *([figures.network] if figures.network else [])]
    return [
        ("Find a place", reverse("places")),
        *((figures.name_of(place), address(figures, place)) for place in above),
    ]
