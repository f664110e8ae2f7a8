"""The page of a place: its summary, outlook, published figures, and the places within it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.flags import FLAG_YEARS
from organisations.models.organisation import Kind, Organisation
from retention.models.published_profile import PublishedProfile
from retention.presenters import age_profile as profiles
from retention.presenters import outlook as words
from retention.presenters.outlook import Table, number, percent, plural
from retention.presenters.place_summary import PlaceSummary, loss_sentence, summary_of
from retention.queries.age_profile import (
    is_known,
    month_end,
    practices_known,
    sessions_now,
)
from retention.queries.place_figures import PlaceFigures, PlaceOutlook
from retention.queries.public_outlook import PublicOutlook

_ADDRESS = {Kind.PRACTICE: "practice", Kind.NETWORK: "network"}
_FIGURE_COLUMNS = 3
PRACTICE_HEADERS = (
    "Practice",
    "GPs",
    "Estimated sessions a week",
    f"Lost within {FLAG_YEARS} years (80% interval)",
)
NETWORK_HEADERS = (
    "Network",
    "Estimated sessions a week",
    f"Share lost to retirement within {FLAG_YEARS} years (80% interval)",
    f"Sessions lost within {FLAG_YEARS} years, all leaving (80% interval)",
)


@dataclass(frozen=True)
class ChartOnPage:
    """A chart as templates/nhs/chart.html takes it."""

    id: str
    title: str
    description: str
    wide_url: str
    narrow_url: str
    table: Table


@dataclass(frozen=True)
class PlaceRow:
    """A place in a list of places, with a link; `note` fills the columns without figures."""

    name: str
    url: str
    figures: list[str]
    note: str = ""
    is_flagged: bool = False

    @property
    def note_columns(self) -> int:
        """How many columns the note fills: both kinds of list have three."""
        return _FIGURE_COLUMNS - len(self.figures)


@dataclass(frozen=True)
class OutlookSection:
    """The outlook of a page; without a chart, `missing` says why."""

    missing: str = ""
    chart: ChartOnPage | None = None
    chances: Table | None = None
    no_flag: str = ""
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class PlacePage:
    """All that a place's page shows; empty parts are not shown."""

    title: str
    kind: str
    code: str
    breadcrumbs: list[tuple[str, str]]
    has_figures: bool
    summary: PlaceSummary
    profile: ChartOnPage | None
    nurses: Table | None
    comparison: Table | None
    facts: list[tuple[str, str]]
    outlook: OutlookSection
    network_url: str
    practices: list[PlaceRow]
    networks: list[PlaceRow]
    networks_ranked: bool
    practice_headers: Sequence[str] = PRACTICE_HEADERS
    network_headers: Sequence[str] = NETWORK_HEADERS


def place_page(figures: PlaceFigures) -> PlacePage:
    """Return the page of a place."""
    gps = figures.gps if figures.gps and is_known(figures.gps) else None
    nurses = figures.nurses if figures.nurses and is_known(figures.nurses) else None
    place = figures.place
    return PlacePage(
        title=place.name,
        kind=Kind(place.kind).label,
        code=place.code,
        breadcrumbs=_breadcrumbs(figures),
        has_figures=gps is not None,
        summary=summary_of(figures),
        profile=_profile_chart(place, gps) if gps else None,
        nurses=profiles.profile_table(nurses) if nurses else None,
        comparison=profiles.comparison_table(figures) if gps and not figures.is_too_small else None,
        facts=_facts(figures),
        outlook=_outlook_section(figures),
        network_url=figures.network.get_absolute_url() if figures.network else "",
        practices=[_practice_row(row) for row in figures.practices],
        networks=[_network_row(row) for row in figures.networks],
        networks_ranked=figures.may_see_outlook and any(row.outlook for row in figures.networks),
    )


def chart_address(place: Organisation, name: str, size: str) -> str:
    """Return the address of a chart, authorised as the section that it belongs to."""
    page = _ADDRESS.get(Kind(place.kind), "area")
    return reverse(f"{page}-{name}-chart", kwargs={"code": place.code, "size": size})


def _facts(figures: PlaceFigures) -> list[tuple[str, str]]:
    """Return what the publisher printed, its date and how complete it is."""
    gps, nurses = figures.gps, figures.nurses
    if gps is None or figures.month is None:
        return []
    in_file = gps.practices or 0
    facts = [
        ("Figures of", f"{month_end(figures.month):%-d %B %Y}"),
        ("GPs in training, not in the outlook", _people(gps.trainees, gps.trainee_fte)),
        ("GP FTE in all, with trainees and locums", profiles.fte(gps.all_fte)),
        ("Qualified permanent GPs", _people(gps.people, gps.fte)),
        ("Nurses", _people(nurses.people, nurses.fte) if nurses else words.NOT_KNOWN),
        ("Registered patients", number(gps.patients)),
    ]
    if figures.place.kind == Kind.PRACTICE:
        return facts
    listed = f" (it has {len(figures.practices)} today)" if figures.practices else ""
    complete = (
        f"{number(practices_known(gps))} of {plural(in_file, 'practice')} in the file{listed}"
    )
    return [facts[0], ("Figures known for", complete), *facts[1:]]


def _people(people: int | None, fte: float | None) -> str:
    if people is None:
        return words.NOT_KNOWN
    return f"{number(people)} ({profiles.fte(fte)} FTE)" if fte is not None else number(people)


def _profile_chart(place: Organisation, gps: PublishedProfile) -> ChartOnPage:
    return ChartOnPage(
        id="age-profile",
        title="Qualified permanent GPs by age and sex",
        description=profiles.profile_description(gps),
        wide_url=chart_address(place, "age", "wide"),
        narrow_url=chart_address(place, "age", "narrow"),
        table=profiles.profile_table(gps),
    )


def _outlook_chart(place: Organisation, outlook: PublicOutlook) -> ChartOnPage:
    return ChartOnPage(
        id="outlook",
        title="Estimated sessions at risk if nobody joins",
        description=words.outlook_description(outlook),
        wide_url=chart_address(place, "outlook", "wide"),
        narrow_url=chart_address(place, "outlook", "narrow"),
        table=words.outlook_table(outlook),
    )


def _outlook_section(figures: PlaceFigures) -> OutlookSection:
    outlook, flag = figures.outlook, figures.flag
    if outlook is None:
        return OutlookSection(missing=loss_sentence(figures))
    return OutlookSection(
        chart=_outlook_chart(figures.place, outlook),
        chances=words.chances_table(outlook),
        no_flag=words.no_flag_sentence(flag) if flag and not flag.raised else "",
        notes=words.made_from(outlook),
    )


def _practice_row(row: PlaceOutlook) -> PlaceRow:
    name, url = row.place.name, row.place.get_absolute_url()
    profile = row.profile
    if profile is None or not is_known(profile):
        return PlaceRow(name, url, [words.NOT_KNOWN, words.NOT_KNOWN], "No figures")
    people = sum(profile.headcount.values())
    figures = [number(people), number(sessions_now(profile))]
    if not row.may_see:
        return PlaceRow(name, url, figures, "Not shared with you")
    if row.outlook is None:
        few = people < PUBLIC_OUTLOOK_FROM
        return PlaceRow(name, url, figures, "Too few GPs for an outlook" if few else "No outlook")
    h = words.horizon(row.outlook)
    lost = f"{number(h.expected)} ({words.interval(h.low80, h.high80)})"
    return PlaceRow(name, url, [*figures, lost])


def _network_row(row: PlaceOutlook) -> PlaceRow:
    name, url = row.place.name, row.place.get_absolute_url()
    if row.outlook is None:
        return PlaceRow(name, url, [], "No figures" if row.may_see else "")
    share, h = row.outlook.retirement_share(), words.horizon(row.outlook)
    at_risk = f"{percent(share.expected)} ({words.share_interval(share)})" if share else ""
    return PlaceRow(
        name,
        url,
        [
            number(row.outlook.sessions_now),
            at_risk,
            f"{number(h.expected)} ({words.interval(h.low80, h.high80)})",
        ],
        is_flagged=bool(row.flag and row.flag.raised),
    )


def _breadcrumbs(figures: PlaceFigures) -> list[tuple[str, str]]:
    above = [*figures.above, *([figures.network] if figures.network else [])]
    return [
        ("Find a place", reverse("places")),
        *((place.name, place.get_absolute_url()) for place in above),
    ]
