"""A place among similar ones in words and a table: ranges, no names, no ranks."""

from dataclasses import dataclass

from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.similar_places import FEWEST, UsualRange
from organisations.models.organisation import Kind
from retention.presenters.outlook import NOT_KNOWN, Table, number, percent, within
from retention.queries.public_outlook import PublicOutlook
from retention.queries.similar_places import (
    LOSS_YEARS,
    Beside,
    Measure,
    Others,
    Similar,
    lost_here,
)

_WORDS = {Kind.PRACTICE: "practices", Kind.NETWORK: "networks"}
HOW = (
    "Similar means near in list size, in deprivation and in rurality, each measured in steps of "
    "its spread over all places that are loaded; what is compared has no part in the choice. A "
    "practice is rural or urban as “NHS Payments to General Practice” (NHS England) prints it; a "
    "network is as rural as the share of its patients whose practice is."
)
HOW_WITHOUT_RURALITY = (
    "Similar means near in list size and in deprivation, each measured in steps of its spread over "
    "all places that are loaded; what is compared has no part in the choice. Rurality is not used: "
    "it is not loaded for this place, or for too few others."
)
NO_LEAGUE = (
    "This is no league table. The range holds the middle 80% of the similar places, so that one in "
    "five lies outside it whatever it does."
)
NO_SHARE = (
    f"No share by age is made of fewer than {PUBLIC_OUTLOOK_FROM} GPs, nor where their ages were "
    "not sent."
)
ALL_OF_THEM = (
    "They are not chosen for being alike, and from so few nothing is called usual or unusual. What "
    "may be lost is not set side by side here."
)
SEE_PRACTICES = "Each practice is compared with similar practices on its own page."


@dataclass(frozen=True)
class SimilarSection:
    """The comparison as a page shows it; without a table, `said` is why there is none."""

    said: str
    table: Table | None
    notes: tuple[str, ...]


def similar_section(
    kind: str, found: Similar | Others | None, outlook: PublicOutlook | None
) -> SimilarSection:
    """Return the section; outlook: the place's, None where the reader may not see it."""
    words = _WORDS[Kind(kind)]
    if found is None:
        said = (
            f"No comparison is made: the list size or the deprivation of this place, or of at "
            f"least {FEWEST} other {words}, is not loaded."
        )
        return SimilarSection(said, None, ())
    if isinstance(found, Others):
        return _beside_all(Kind(kind), found)
    how = HOW if found.rural is not None else HOW_WITHOUT_RURALITY
    said = _said(found, Kind(kind))
    why_none = (NO_SHARE,) if found.older.value is None else ()
    return SimilarSection(said, _table(found, outlook), (how, NO_LEAGUE, *why_none))


def _beside_all(kind: Kind, found: Others) -> SimilarSection:
    words = _WORDS[kind]
    table = Table(
        ["Figure", "Here", f"The other {words}, lowest to highest", "Their median"],
        [
            _row_of_all("GPs aged 55 and over", found.older, as_share=True),
            _row_of_all("Patients for each estimated session", found.per_session, as_share=False),
        ],
    )
    said = (
        f"Only {found.places} other {words} are loaded: too few to choose those most like this one "
        f"from ({FEWEST} are needed). So it stands beside all of them."
    )
    notes = (ALL_OF_THEM, SEE_PRACTICES) if kind == Kind.NETWORK else (ALL_OF_THEM,)
    return SimilarSection(said, table, notes)


def _row_of_all(label: str, measure: Beside, *, as_share: bool) -> list[str]:
    words = percent if as_share else number
    others = measure.others
    if others is None:
        return [label, words(measure.value), "Too few known", ""]
    span = f"{words(others.low)} to {words(others.high)}"
    return [label, words(measure.value), span, words(others.median)]


def _said(found: Similar, kind: Kind) -> str:
    sizes, scores = found.list_sizes, found.scores
    return (
        f"Compared with the {found.places} {_WORDS[kind]} most like it: lists of "
        f"{number(sizes[0])} to {number(sizes[1])} patients, deprivation scores of "
        f"{scores[0]:.1f} to {scores[1]:.1f}{_rural(found.rural, kind)}."
    )


def _rural(shares: tuple[float, float] | None, kind: Kind) -> str:
    """Say how rural the similar places are; nothing where that had no part in the choice."""
    if shares is None:
        return ""
    low, high = shares
    if kind == Kind.NETWORK:
        spread = (
            percent(low) if percent(low) == percent(high) else f"{percent(low)} to {percent(high)}"
        )
        return f", {spread} of their patients with a rural practice"
    if low == high:
        return f", all of them {'rural' if high else 'urban'}"
    return ", some rural and some urban"


def _table(found: Similar, outlook: PublicOutlook | None) -> Table:
    headers = ["Figure", "Here", "Middle 80% of similar places", "Their median", "So it is"]
    rows = [
        _row("GPs aged 55 and over", found.older, as_share=True),
        _row("Patients for each estimated session", found.per_session, as_share=False),
    ]
    if outlook is not None:
        rows.append(_lost_row(found.lost, outlook))
    return Table(headers, rows)


def _row(label: str, measure: Measure, *, as_share: bool) -> list[str]:
    words = percent if as_share else number
    value, usual = measure.value, measure.usual
    if usual is None:
        return [label, words(value), "Too few known", "", ""]
    lies = str(usual.among(value)).capitalize() if value is not None else ""
    return [label, words(value), _range(usual, as_share), words(usual.median), lies]


def _range(usual: UsualRange, as_share: bool) -> str:
    words = percent if as_share else number
    return f"{words(usual.low)} to {words(usual.high)}"


def _lost_row(measure: Measure, outlook: PublicOutlook) -> list[str]:
    """Return the expected loss, told apart only where its whole interval is outside the range."""
    label = f"Share of sessions expected to be lost within {within(LOSS_YEARS)}"
    found, usual = lost_here(measure, outlook), measure.usual
    here = NOT_KNOWN
    if found.expected is not None:
        here = f"{percent(found.expected)} ({percent(found.low80)} to {percent(found.high80)})"
    if usual is None:
        return [label, here, "Too few known", "", ""]
    return [label, here, _range(usual, True), percent(usual.median), str(found.lies).capitalize()]
