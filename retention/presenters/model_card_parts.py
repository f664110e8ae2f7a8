"""What the model card is made of: sections of words, tables and charts."""

from dataclasses import dataclass

from django.urls import reverse

from retention.presenters.chart_on_page import ChartOnPage
from retention.presenters.outlook import Table


@dataclass(frozen=True)
class Figure:
    """A table and, where one is drawn, its chart by name."""

    id: str
    title: str
    table: Table
    chart: str = ""
    description: str = ""
    numeric: bool = True

    @property
    def on_page(self) -> ChartOnPage:
        """The chart as templates/nhs/chart.html takes it."""
        wide, narrow = (
            reverse("evaluation-chart", kwargs={"name": self.chart, "size": size})
            for size in ("wide", "narrow")
        )
        return ChartOnPage(self.id, self.title, self.description, wide, narrow, self.table)


@dataclass(frozen=True)
class Section:
    """A part of the card."""

    title: str
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
