"""A chart with its description, its two pictures and its table."""

from dataclasses import dataclass

from retention.presenters.outlook import Table


@dataclass(frozen=True)
class ChartOnPage:
    """A chart as templates/nhs/chart.html takes it."""

    id: str
    title: str
    description: str
    wide_url: str
    narrow_url: str
    table: Table
