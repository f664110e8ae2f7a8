"""The page of a place: its summary, outlook, published figures, and the places within it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.flags import FLAG_YEARS
from models.ranking import RankRange
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation
from retention.models.published_profile import PublishedProfile
from retention.presenters import age_profile as profiles
from retention.presenters import outlook as words
from retention.presenters.ahead import AheadSection
from retention.presenters.data_quality import dated_words
from retention.presenters.outlook import Table, number, percent, plural
from retention.presenters.place_history import day, last_day, practice_history, practices_history
from retention.presenters.place_summary import PlaceSummary, loss_sentence, summary_of
from retention.presenters.trust import trust_sentences
from retention.queries.age_profile import (
    is_known,
    month_end,
    practices_known,
    sessions_now,
)
from retention.queries.place_figures import PlaceFigures, PlaceOutlook
from retention.queries.public_outlook import PublicOutlook

_ADDRESS = {Kind.PRACTICE: "practice", Kind.NETWORK: "network"}
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
    "Against England",
    "May stand",
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
    columns: int = len(PRACTICE_HEADERS) - 1

    @property
    def note_columns(self) -> int:
        """How many columns the note fills: those without figures."""
        return self.columns - len(self.figures)


@dataclass(frozen=True)
class OutlookSection:
    """The outlook of a page; without a chart, `missing` says why."""

    missing: str = ""
    chart: ChartOnPage | None = None
    chances: Table | None = None
    no_flag: str = ""
    notes: Sequence[str] = ()

    @property
    def trust(self) -> tuple[str, ...]:
        """What it is compared with, its back-test, and where it must not be used."""
        return trust_sentences()


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
    closed: str
    successor_name: str
    successor_url: str
    history: Table | None
    practices_history: Table | None
    practices_history_note: str
    as_at: str
    as_at_asked: str
    url: str
    url_that_day: str
    practices_caption: str
    no_practices: str
    practice_headers: Sequence[str] = PRACTICE_HEADERS
    network_headers: Sequence[str] = NETWORK_HEADERS


def place_page(figures: PlaceFigures) -> PlacePage:
    """Return the page of a place."""
    gps = figures.gps if figures.gps and is_known(figures.gps) else None
    nurses = figures.nurses if figures.nurses and is_known(figures.nurses) else None
    place = figures.place
    joined_and_left, unchanged = practices_history(figures)
    return PlacePage(
        title=figures.name_of(place),
        kind=Kind(place.kind).label,
        code=place.code,
        breadcrumbs=_breadcrumbs(figures),
        has_figures=gps is not None,
        summary=summary_of(figures),
        profile=_profile_chart(figures, gps) if gps else None,
        nurses=profiles.profile_table(nurses) if nurses else None,
        comparison=profiles.comparison_table(figures) if gps and not figures.is_too_small else None,
        facts=_facts(figures),
        outlook=_outlook_section(figures),
        network_url=_address(figures, figures.network) if figures.network else "",
        practices=[_practice_row(figures, row) for row in figures.practices],
        networks=[_network_row(figures, row) for row in figures.networks],
        closed=_closed(figures),
        successor_name=figures.successor.name if figures.successor else "",
        successor_url=_address(figures, figures.successor) if figures.successor else "",
        history=practice_history(figures),
        practices_history=joined_and_left,
        practices_history_note=unchanged,
        as_at=day(figures.as_at) if figures.as_at else "",
        as_at_asked=figures.as_at.isoformat() if figures.as_at else "",
        url=place.get_absolute_url(),
        url_that_day=_address(figures, place),
        practices_caption=f"Practices of the network {_then(figures)}, by name",
        no_practices=f"No practice {_belongs(figures)} to this network {_then(figures)}.",
        networks_ranked=figures.may_see_outlook and any(row.outlook for row in figures.networks),
    )


def _closed(figures: PlaceFigures) -> str:
    """Say since when a place is closed; its last day, as the lists print it."""
    ends_on = figures.place.ends_on
    if ends_on is None or ends_on > (figures.as_at or today()):
        return ""
    return f"Closed on {last_day(ends_on)}"


def chart_address(figures: PlaceFigures, name: str, size: str) -> str:
    """Return the address of a chart, on the day of this page."""
    return _chart_path(figures, name, size) + _same_day(figures)


def _chart_path(figures: PlaceFigures, name: str, size: str) -> str:
    """Return the path of a chart, authorised as the section that it belongs to."""
    page = _ADDRESS.get(Kind(figures.place.kind), "area")
    kwargs = {"code": figures.place.code, "size": size}
    return reverse(f"{page}-{name}-chart", kwargs=kwargs)


def _address(figures: PlaceFigures, place: Organisation) -> str:
    """Return the address of another place, on the day of this page."""
    return place.get_absolute_url() + _same_day(figures)


def _same_day(figures: PlaceFigures) -> str:
    return f"?as_at={figures.as_at.isoformat()}" if figures.as_at else ""


def ahead_on_page(figures: PlaceFigures, section: AheadSection, query: QueryDict) -> ChartOnPage:
    """Return the chart of the years ahead; query: the assumptions as they were asked."""
    # The day is the page's, which may be another than the asked one: a bad one is of today.
    asked = query.copy()
    asked.pop("as_at", None)
    if figures.as_at:
        asked["as_at"] = figures.as_at.isoformat()
    tail = f"?{asked.urlencode()}" if asked else ""
    return ChartOnPage(
        id="ahead",
        title="Estimated sessions left if nobody joins",
        description=section.description,
        wide_url=_chart_path(figures, "ahead", "wide") + tail,
        narrow_url=_chart_path(figures, "ahead", "narrow") + tail,
        table=section.table,
    )


def _facts(figures: PlaceFigures) -> list[tuple[str, str]]:
    """Return what the publisher printed, its date and how complete it is."""
    gps, nurses = figures.gps, figures.nurses
    if gps is None or figures.month is None:
        return []
    in_file = gps.practices or 0
    facts = [
        ("Figures of", dated_words(month_end(figures.month), figures.as_at or today())),
        ("GPs in training, not in the outlook", _people(gps.trainees, gps.trainee_fte)),
        ("GP FTE in all, with trainees and locums", profiles.fte(gps.all_fte)),
        ("Qualified permanent GPs", _people(gps.people, gps.fte)),
        ("Nurses", _people(nurses.people, nurses.fte) if nurses else words.NOT_KNOWN),
        ("Registered patients", number(gps.patients)),
    ]
    if figures.place.kind == Kind.PRACTICE:
        return facts
    listed = f" (it has {len(figures.practices)} {_then(figures)})" if figures.practices else ""
    complete = (
        f"{number(practices_known(gps))} of {plural(in_file, 'practice')} in the file{listed}"
    )
    return [facts[0], ("Figures known for", complete), *facts[1:]]


def _then(figures: PlaceFigures) -> str:
    return f"on {day(figures.as_at)}" if figures.as_at else "today"


def _belongs(figures: PlaceFigures) -> str:
    return "is known to have belonged" if figures.as_at else "belongs"


def _people(people: int | None, fte: float | None) -> str:
    if people is None:
        return words.NOT_KNOWN
    return f"{number(people)} ({profiles.fte(fte)} FTE)" if fte is not None else number(people)


def _profile_chart(figures: PlaceFigures, gps: PublishedProfile) -> ChartOnPage:
    return ChartOnPage(
        id="age-profile",
        title="Qualified permanent GPs by age and sex",
        description=profiles.profile_description(gps),
        wide_url=chart_address(figures, "age", "wide"),
        narrow_url=chart_address(figures, "age", "narrow"),
        table=profiles.profile_table(gps),
    )


def _outlook_chart(figures: PlaceFigures, outlook: PublicOutlook) -> ChartOnPage:
    return ChartOnPage(
        id="outlook",
        title="Estimated sessions at risk if nobody joins",
        description=words.outlook_description(outlook),
        wide_url=chart_address(figures, "outlook", "wide"),
        narrow_url=chart_address(figures, "outlook", "narrow"),
        table=words.outlook_table(outlook),
    )


def _outlook_section(figures: PlaceFigures) -> OutlookSection:
    outlook, flag = figures.outlook, figures.flag
    if outlook is None:
        return OutlookSection(missing=loss_sentence(figures))
    return OutlookSection(
        chart=_outlook_chart(figures, outlook),
        chances=words.chances_table(outlook),
        no_flag=words.no_flag_sentence(flag) if flag and not flag.raised else "",
        notes=words.made_from(outlook),
    )


def _practice_row(shown: PlaceFigures, row: PlaceOutlook) -> PlaceRow:
    name, url = shown.name_of(row.place), _address(shown, row.place)
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


def _network_row(shown: PlaceFigures, row: PlaceOutlook) -> PlaceRow:
    name, url = shown.name_of(row.place), _address(shown, row.place)
    if row.outlook is None:
        note = "No figures" if row.may_see else ""
        return PlaceRow(name, url, [], note, columns=len(NETWORK_HEADERS) - 1)
    share, h = row.outlook.retirement_share(), words.horizon(row.outlook)
    at_risk = f"{percent(share.expected)} ({words.share_interval(share)})" if share else ""
    return PlaceRow(
        name,
        url,
        [
            number(row.outlook.sessions_now),
            at_risk,
            str(row.against).capitalize() if row.against else "",
            ranks_words(row.ranks) if row.ranks else "",
            f"{number(h.expected)} ({words.interval(h.low80, h.high80)})",
        ],
        is_flagged=bool(row.flag and row.flag.raised),
        columns=len(NETWORK_HEADERS) - 1,
    )


def ranks_words(ranks: RankRange) -> str:
    """Return the places in the list that the intervals leave open."""
    if ranks.first == ranks.last:
        return f"{ranks.first} of {ranks.among}"
    return f"{ranks.first} to {ranks.last} of {ranks.among}"


def _breadcrumbs(figures: PlaceFigures) -> list[tuple[str, str]]:
    above = [*figures.above, *([figures.network] if figures.network else [])]
    return [
        ("Find a place", reverse("places")),
        *((figures.name_of(place), _address(figures, place)) for place in above),
    ]
