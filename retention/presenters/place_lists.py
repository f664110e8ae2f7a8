"""The practices of a network and the networks of an area, as its page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.flags import FLAG_YEARS
from models.ranking import RankRange
from retention.presenters import outlook as words
from retention.presenters.outlook import number, percent
from retention.presenters.place_addresses import address, then
from retention.queries.age_profile import is_known, sessions_now
from retention.queries.place_figures import PlaceFigures
from retention.queries.places_within import PlaceOutlook

PRACTICE_HEADERS = (
    "Practice",
    "GPs",
    "Estimated sessions a week",
    f"Sessions lost within {FLAG_YEARS} years (80% interval)",
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
class PlacesWithin:
    """The practices or the networks of a place; `no_practices` says that a network has none."""

    practices: list[PlaceRow]
    networks: list[PlaceRow]
    networks_ranked: bool
    networks_caption: str
    practices_caption: str
    no_practices: str
    practice_headers: Sequence[str] = PRACTICE_HEADERS
    network_headers: Sequence[str] = NETWORK_HEADERS


def places_within(figures: PlaceFigures) -> PlacesWithin:
    """Return the lists of a place's page."""
    belongs = "is known to have belonged" if figures.as_at else "belongs"
    return PlacesWithin(
        practices=[_practice_row(figures, row) for row in figures.practices],
        networks=[_network_row(figures, row) for row in figures.networks],
        # Without one outlook there is nothing to rank by: then they are a list of names.
        networks_ranked=figures.may_see_outlook and any(row.outlook for row in figures.networks),
        networks_caption=(
            "Networks by the share of estimated sessions expected to be lost to retirement within "
            f"{FLAG_YEARS} years, highest first"
        ),
        practices_caption=f"Practices of the network {then(figures)}, by name",
        no_practices=f"No practice {belongs} to this network {then(figures)}.",
    )


def _practice_row(shown: PlaceFigures, row: PlaceOutlook) -> PlaceRow:
    name, url = shown.name_of(row.place), address(shown, row.place)
    profile = row.profile
    if profile is None or not is_known(profile):
        return PlaceRow(name, url, [words.NOT_KNOWN, words.NOT_KNOWN], "No figures")
    people = sum(profile.headcount.values())
    figures = [number(people), number(sessions_now(profile))]
    # Counts are open data: they stand even where the outlook is not shared.
    if not row.may_see:
        return PlaceRow(name, url, figures, "Not shared with you")
    if row.outlook is None:
        return PlaceRow(name, url, figures, _why_none(people))
    h = words.horizon(row.outlook)
    lost = f"{number(h.expected)} ({words.interval(h.low80, h.high80)})"
    return PlaceRow(name, url, [*figures, lost])


def _why_none(people: float) -> str:
    if not people:
        return "No GPs"
    return "Too few GPs for an outlook" if people < PUBLIC_OUTLOOK_FROM else "No outlook"


def _network_row(shown: PlaceFigures, row: PlaceOutlook) -> PlaceRow:
    name, url = shown.name_of(row.place), address(shown, row.place)
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
