"""Private outlooks in words and tables: the figures that were let out, or why there are none."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from accounts.actor import Actor
from models.disclosure import PRIVATE_OUTLOOK_PEOPLE_LEFT, RELEASE_AGAIN_FROM
from models.flags import FLAG_YEARS
from organisations.models.organisation import Kind, Organisation
from retention.models.published_count import StaffGroup
from retention.presenters.chart_on_page import ChartOnPage
from retention.presenters.charts import Intervals
from retention.presenters.outlook import (
    INTERVAL_NOTE,
    Table,
    chance,
    interval,
    number,
    plural,
    within,
)
from retention.presenters.outlook_sheets import cell_of, trust_sheet
from retention.presenters.own_experience import ExperienceView, experience_sheets, experience_view
from retention.presenters.spreadsheets import Sheet
from retention.presenters.trust import trust_sentences
from retention.queries.own_experience import OwnExperience, own_experience
from retention.queries.private_outlook import (
    CellOutlook,
    PrivateOutlooks,
    Released,
    Told,
    private_outlooks,
)

_WHY = (
    "Withheld: it would tell too much about few people, alone or together with other figures.",
    f"It can be shown once at least three practices share their posts with {{whom}}"
    f" and {PRIVATE_OUTLOOK_PEOPLE_LEFT} people are left without any one of them. The contract"
    " holder of each decides on sharing, and a post counts once its practice has confirmed it and"
    " its person was told. What is missing is not said: from month to month that would tell of"
    " single people.",
)
_NONE_YET = (
    "None has been made yet. They are made once a month, from the posts of practices that share."
)
KEPT_OUT = (
    "Plans, drafts, weeks to come and leave are in none of these figures, and nobody is named."
)


@dataclass(frozen=True)
class PrivateCellView:
    """One staff group: its sentences and tables, or why it is withheld and what would change it."""

    group: str
    name: str
    sentences: tuple[str, ...]
    is_released: bool
    losses: Table | None = None
    chances: Table | None = None
    chart: ChartOnPage | None = None
    made_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrivatePage:
    """The private outlooks of a place; `none_yet` says why there are no cells."""

    title: str
    kind: str
    code: str
    place_url: str
    month: str
    cells: tuple[PrivateCellView, ...]
    none_yet: str
    url: str
    board_url: str
    csv_url: str
    xlsx_url: str
    experience: ExperienceView | None = None

    @property
    def trust(self) -> tuple[str, ...]:
        """What must stand beside an outlook, where there is one."""
        return trust_sentences() if any(cell.is_released for cell in self.cells) else ()

    @property
    def first(self) -> PrivateCellView | None:
        """GPs, whom a place's own page shows."""
        return self.cells[0] if self.cells else None


def private_section(
    actor: Actor, place: Organisation, as_at: dt.date | None = None
) -> PrivatePage | None:
    """Return what a place's own page shows of them; None for who may not see them."""
    found = private_outlooks(actor, place, as_at)
    if found is None:
        return None
    # A network's own page has no room for what is told of hubs alone.
    own = own_experience(actor, place, as_at) if place.kind == Kind.TRAINING_HUB else None
    return private_page(found, as_at, own)


def private_page(
    outlooks: PrivateOutlooks, as_at: dt.date | None = None, own: OwnExperience | None = None
) -> PrivatePage:
    """Return the private outlooks of a place as its reader sees them; as_at as in the address."""
    place = outlooks.place
    return PrivatePage(
        title=place.name,
        kind=Kind(place.kind).label,
        code=place.code,
        place_url=place.get_absolute_url(),
        month=f"{outlooks.month:%B %Y}" if outlooks.month else "",
        cells=tuple(_cell(place, cell, as_at) for cell in outlooks.cells),
        none_yet="" if outlooks.month else _NONE_YET,
        url=_address("place-private", place, as_at),
        board_url=_address("place-private-board", place, as_at),
        csv_url=_address("place-private-csv", place, as_at),
        xlsx_url=_address("place-private-xlsx", place, as_at),
        experience=experience_view(own) if own else None,
    )


def _address(name: str, place: Organisation, as_at: dt.date | None, **more: str) -> str:
    tail = "?" + urlencode({"as_at": as_at.isoformat()}) if as_at else ""
    return reverse(name, kwargs={"code": place.code, **more}) + tail


def _cell(place: Organisation, cell: CellOutlook, as_at: dt.date | None) -> PrivateCellView:
    group, name = cell.staff_group, StaffGroup(cell.staff_group).label
    if cell.released is None:
        return PrivateCellView(group, name, why_withheld(place), is_released=False)
    released = cell.released
    return PrivateCellView(
        group=group,
        name=name,
        sentences=sentences(released),
        is_released=True,
        losses=losses_table(released),
        chances=chances_table(released),
        chart=_chart(place, cell, released, as_at),
        made_from=made_from(name, released),
    )


def why_withheld(place: Organisation) -> tuple[str, ...]:
    """Return why a cell may be withheld and what would change it, alike for every one."""
    whom = "the hub" if place.kind == Kind.TRAINING_HUB else "the network"
    return tuple(text.format(whom=whom) for text in _WHY)


def sentences(released: Released) -> tuple[str, ...]:
    """Return what may be lost, what published figures alone say, and what was said before."""
    h = released.private.within(FLAG_YEARS)
    said = [
        f"If nobody joined, about {number(h.expected)} of"
        f" {plural(released.private.sessions_now, 'session')} a week could be lost within"
        f" {within(h.years)} (80% interval {interval(h.low80, h.high80)}), about"
        f" {number(h.retirement)} of them to retirement."
    ]
    if released.public:
        public = released.public.within(FLAG_YEARS)
        said.append(
            f"By published figures alone it would be about {number(public.expected)} of"
            f" {number(released.public.sessions_now)} (80% interval"
            f" {interval(public.low80, public.high80)})."
        )
    if released.before and released.before_month:
        before = released.before.within(FLAG_YEARS)
        said.append(
            f"The figure before, of {released.before_month:%B %Y}, was about"
            f" {number(before.expected)}"
            f" of {number(released.before.sessions_now)}."
        )
    return tuple(said)


def made_from(name: str, released: Released) -> tuple[str, ...]:
    """Return whom a figure counts, of which day, and how long it stands."""
    # Who does not share enters by published figures: a reader must know which part is whose.
    others = (
        f"of all others the figures published for {released.published_month:%B %Y}"
        if released.published_month
        else "nothing of the others, as no figures were published by then"
    )
    return (
        f"Made from the record of {released.month:%-d %B %Y}: {released.people} people of the"
        f" staff group ({name}) in practices that share, and {others}. Standard table"
        f" {released.table_version}, method {released.model_version}.",
        f"It stands until at least {RELEASE_AGAIN_FROM} of these people have joined, left or"
        " changed, so that no change tells of a few.",
    )


def losses_table(released: Released) -> Table:
    """Return the losses of each horizon, with those of published figures alone beside them."""
    headers = [
        "Within",
        "Sessions lost",
        "80% interval",
        "People leaving",
        "Lost to retirement alone",
        "80% interval",
    ]
    rows = [
        [
            within(h.years),
            number(h.expected),
            interval(h.low80, h.high80),
            number(h.leavers),
            number(h.retirement),
            interval(h.retirement_low80, h.retirement_high80),
        ]
        for h in released.private.horizons
    ]
    # Nothing was published by then, and an empty column would read as nought.
    if released.public is None:
        return Table(headers, rows)
    public = released.public.horizons
    return Table(
        [*headers, "From published figures alone"],
        [
            [*row, f"{number(h.expected)} ({interval(h.low80, h.high80)})"]
            for row, h in zip(rows, public, strict=True)
        ],
    )


def chances_table(released: Released) -> Table:
    """Return the chance of losing at least N sessions within each horizon."""
    horizons = released.private.horizons
    return Table(
        ["Losing at least", *(f"Within {within(h.years)}" for h in horizons)],
        [
            [plural(level, "session"), *(chance(h.chances[row][1]) for h in horizons)]
            for row, (level, _) in enumerate(horizons[0].chances)
        ],
    )


def private_chart(told: Told) -> Intervals:
    """Return the chart's data: the table's numbers."""
    rows = []
    for h in told.horizons:
        for series, *figures in (
            ("All leaving", h.expected, h.low80, h.high80),
            ("Retirement alone", h.retirement, h.retirement_low80, h.retirement_high80),
        ):
            expected, low, high = map(float, figures)
            words = f"{number(expected)} ({interval(low, high)})"
            rows.append((within(h.years), str(series), expected, low, high, words))
    return Intervals(tuple(rows), x_title="Sessions a week lost")


def _chart(
    place: Organisation, cell: CellOutlook, released: Released, as_at: dt.date | None
) -> ChartOnPage:
    said = "; ".join(
        f"within {within(h.years)} {number(h.expected)} ({interval(h.low80, h.high80)})"
        for h in released.private.horizons
    )
    wide, narrow = (
        _address("place-private-chart", place, as_at, group=cell.staff_group, size=size)
        for size in ("wide", "narrow")
    )
    name = StaffGroup(cell.staff_group).label
    return ChartOnPage(
        id=f"private-{cell.staff_group}",
        title=f"{name}: sessions at risk, with the record of practices that share",
        description=f"Sessions expected to be lost, with 80% intervals: {said}.",
        wide_url=wide,
        narrow_url=narrow,
        table=losses_table(released),
    )


def private_sheets(page: PrivatePage) -> list[Sheet]:
    """Return every table of a page; a withheld cell is its reason alone."""
    about = [[text] for text in (page.none_yet, INTERVAL_NOTE, KEPT_OUT) if text]
    sheets = [Sheet("private", f"{page.title} ({page.code})", ["About"], about)]
    for view in page.cells:
        said = [[text] for text in (*view.sentences, *view.made_from)]
        sheets.append(Sheet(f"{view.group}-said", view.name, ["In words"], said))
        for name, title, table in (
            ("losses", "sessions at risk", view.losses),
            ("chances", "chance of losing at least so many sessions", view.chances),
        ):
            if table:
                rows = [[cell_of(text) for text in row] for row in table.rows]
                sheets.append(
                    Sheet(f"{view.group}-{name}", f"{view.name}: {title}", table.headers, rows)
                )
    if page.trust:
        sheets.append(trust_sheet())
    return sheets + (experience_sheets(page.experience) if page.experience else [])
