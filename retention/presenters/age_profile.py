"""Words, numbers and chart data of a published age profile."""

from collections.abc import Sequence
from dataclasses import replace

from retention.models.published_count import StaffGroup
from retention.models.published_profile import PublishedProfile
from retention.presenters.charts import StackedBars
from retention.presenters.outlook import NOT_KNOWN, Table, number, percent
from retention.presenters.rounding import adding_up
from retention.queries.age_profile import (
    BandRow,
    band_rows,
    month_end,
    practices_known,
    sessions_now,
    share_older,
)
from retention.queries.place_figures import Compared, PlaceFigures

PEOPLE = {StaffGroup.GP: "Qualified permanent GPs", StaffGroup.NURSES: "Nurses"}


def people_word(profile: PublishedProfile) -> str:
    """Return whom a profile counts."""
    return PEOPLE[StaffGroup(profile.staff_group)]


def profile_table(profile: PublishedProfile) -> Table:
    """Return people by age band and sex, with estimated sessions and a last row for all."""
    rows = printed_sessions(band_rows(profile))
    everyone = BandRow(
        "All ages",
        _sum([row.women for row in rows]),
        _sum([row.men for row in rows]),
        _sum([row.people for row in rows]),
        sessions_now(profile),
    )
    return Table(
        headers=["Age", "Women", "Men", "All", "Estimated sessions"],
        rows=[
            [_one_line(row.label), *map(number, (row.women, row.men, row.people, row.sessions))]
            for row in [*rows, everyone]
        ],
    )


def printed_sessions(rows: Sequence[BandRow]) -> list[BandRow]:
    """Return the rows with whole sessions that add up; what is not known stays so."""
    known = [row.sessions for row in rows if row.sessions is not None]
    printed = iter(adding_up(known))
    return [
        row if row.sessions is None else replace(row, sessions=float(next(printed))) for row in rows
    ]


def profile_chart(profile: PublishedProfile) -> StackedBars:
    """Return people by age band, stacked by sex; whoever is in neither column is a third part."""
    rows: list[tuple[str, str, float]] = []
    for row in band_rows(profile):
        women, men = row.women or 0, row.men or 0
        rows += [(row.label, "Women", women), (row.label, "Men", men)]
        # Left out, the bars would be shorter than the people they stand for.
        if rest := (row.people or 0) - women - men:
            rows.append((row.label, "Sex not known", rest))
    return StackedBars(tuple(rows), y_title=people_word(profile))


def profile_description(profile: PublishedProfile) -> str:
    """Return the age profile in one text, for those who cannot see the chart."""
    bands = [f"{row.label.lower()} {number(row.people)}" for row in band_rows(profile)]
    return f"{people_word(profile)} by age: {', '.join(bands)}."


# A few practices are not England, and must not stand under its name.
PART_OF_ENGLAND = "The part of England that is loaded here"


def comparison_table(figures: PlaceFigures) -> Table:
    """Return the share aged 55 and over of a place beside its ICB's and England's."""
    rows = []
    if figures.gps and figures.month:
        rows.append(
            Compared(
                PART_OF_ENGLAND if figures.is_part_of_england else figures.name_of(figures.place),
                month_end(figures.month),
                share_older(figures.gps),
                practices_known(figures.gps),
            )
        )
    return Table(
        headers=["Place", "GPs aged 55 and over", "Practices with figures", "Date"],
        rows=[
            [
                other.name,
                percent(other.share_older),
                "As published" if other.practices is None else number(other.practices),
                f"{other.as_at:%B %Y}",
            ]
            for other in (*rows, *figures.compared)
        ],
    )


def fte(value: float | None) -> str:
    """Return full-time equivalents with one decimal, as they are small in a practice."""
    return NOT_KNOWN if value is None else f"{value:,.1f}"


def _one_line(label: str) -> str:
    return label.replace(" ", "\N{NO-BREAK SPACE}")


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
