"""Addresses of a place's page, of its charts and of other places, on the day of the page."""

from django.urls import reverse

from organisations.models.organisation import Kind, Organisation
from retention.presenters.place_history import day
from retention.queries.place_figures import PlaceFigures

_ADDRESS = {Kind.PRACTICE: "practice", Kind.NETWORK: "network"}


def chart_address(figures: PlaceFigures, name: str, size: str) -> str:
    """Return the address of a chart, on the day of this page."""
    return chart_path(figures, name, size) + same_day(figures)


def chart_path(figures: PlaceFigures, name: str, size: str) -> str:
    """Return the path of a chart, authorised as the section that it belongs to."""
    # Everything larger than a network is an area, with one page for all kinds.
    page = _ADDRESS.get(Kind(figures.place.kind), "area")
    kwargs = {"code": figures.place.code, "size": size}
    return reverse(f"{page}-{name}-chart", kwargs=kwargs)


def address(figures: PlaceFigures, place: Organisation) -> str:
    """Return the address of another place, on the day of this page."""
    return place.get_absolute_url() + same_day(figures)


def same_day(figures: PlaceFigures) -> str:
    """Return the query of an address that keeps the day of the page; empty for today."""
    return f"?as_at={figures.as_at.isoformat()}" if figures.as_at else ""


def then(figures: PlaceFigures) -> str:
    """Return the day of the page in words."""
    return f"on {day(figures.as_at)}" if figures.as_at else "today"
