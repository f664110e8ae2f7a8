"""One's own outlook in plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from organisations.clock import today
from retention.models import Person
from retention.presenters.rounding import adding_up
from retention.presenters.session_grid import TableWords, sessions_words
from retention.queries.own_outlook import OwnOutlook

if TYPE_CHECKING:
    from models.explanation import Explanation
    from models.person_outlook import PersonHorizon, PersonOutlook, WhatIf

# Chances that are nothing but for the last bits of a sum.
_NOTHING = 1e-9
HEADERS = ("Within", "Retired", "Left for another reason", "Still working", "Sessions a week then")
PEOPLE = {
    "gp": "GPs",
    "nurses": "nurses of practices",
    "dpc": "people in direct patient care",
    "admin": "managers and other staff of practices",
}
WHAT_IF_TITLES = {
    "two_sessions_fewer": "Two sessions fewer",
    "one_session_mentoring": "One session given to mentoring",
}
MISSING = {
    "profession": "Say first, under “About me”, what your profession is and when you were born.",
    "year_of_birth": "Add your year of birth under “About me”: the outlook is made from age.",
    "role": (
        "Add where you work, and as what, under “My posts”: which table speaks for you follows"
        " from your role."
    ),
    "in_training": (
        "The table describes qualified GPs. There is no outlook for GPs in training: whether they"
        " stay once qualified is another question."
    ),
    "age": "The table starts at 25. Check your year of birth under “About me”.",
}


@dataclass(frozen=True)
class Passage:
    """A sentence with its table."""

    id: str
    title: str
    sentence: str
    table: TableWords

    @property
    def caption(self) -> str:
        """The table's caption."""
        return self.title


@dataclass(frozen=True)
class OwnOutlookWords:
    """What the page says; where something is missing, only `missing`."""

    missing: str = ""
    sentence: str = ""
    caption: str = ""
    table: TableWords | None = None
    whys: tuple[Passage, ...] = ()
    pensions: tuple[str, ...] = ()
    what_ifs: tuple[Passage, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    plan_sentence: str = ""
    plan_table: TableWords | None = None
    sources: tuple[str, ...] = ()


def own_outlook_words(own: OwnOutlook, person: Person | None) -> OwnOutlookWords:
    """Return one's own outlook as the page says it."""
    if own.outlook is None:
        return OwnOutlookWords(missing=MISSING[own.missing])
    # Heavy, and needed only once there is something to tell.
    from models.standard_table import standard_table

    table = standard_table(own.staff_group)
    return OwnOutlookWords(
        sentence=_sentence(own.outlook, PEOPLE[own.staff_group]),
        caption=_capital(f"{PEOPLE[own.staff_group]} of your age"),
        whys=tuple(_why(told) for told in own.explanations),
        pensions=own.pensions,
        what_ifs=tuple(_what_if(one) for one in own.what_ifs),
        table=_table(own.outlook),
        inputs=(
            ("Your age", _age_words(own, person)),
            ("Your sessions", _sessions_input(own.sessions)),
            ("The table", f"{table.version}, from {table.window}"),
            ("Your plan", _plan_input(own)),
        ),
        plan_sentence=_plan_sentence(own),
        plan_table=_table(own.planned) if own.planned else None,
        sources=table.sources,
    )


def percent(chance: float) -> str:
    """Return a chance to the whole percent; a small one is not called nothing."""
    if _NOTHING < chance < 0.01:
        return "under 1%"
    return f"{chance * 100:.0f}%"


def parts_of_100(chances: Sequence[float]) -> tuple[int, ...]:
    """Return chances that make a whole as whole per cents that add up to 100 (largest remainder).

    One under 1 % is 0 here and called small in words; such parts make the last one together.
    """
    exact = [round(chance * 100, 6) for chance in chances]
    large = [i for i, part in enumerate(exact) if part >= 1]
    small = any(_NOTHING < chance < 0.01 for chance in chances)
    whole = min(99 if small else 100, round(sum(exact[i] for i in large)))
    parts = dict(zip(large, adding_up([exact[i] for i in large], whole), strict=True))
    return tuple(parts.get(i, 0) for i in range(len(chances)))


def _chances(horizon: "PersonHorizon") -> tuple[float, float, float]:
    return horizon.retire, horizon.leave_otherwise, horizon.stay


def _percents(horizon: "PersonHorizon") -> Iterator[str]:
    """The three chances in the order of HEADERS, adding up to 100."""
    chances = _chances(horizon)
    for chance, part in zip(chances, parts_of_100(chances), strict=True):
        yield f"{part}%" if part else percent(chance)


def _people_of_100(horizon: "PersonHorizon") -> Iterator[str]:
    """The same as people."""
    chances = _chances(horizon)
    for chance, part in zip(chances, parts_of_100(chances), strict=True):
        yield f"about {part}" if part else "fewer than 1" if chance > _NOTHING else "none"


def _sentence(outlook: "PersonOutlook", people: str) -> str:
    # As people of a hundred: a per cent of oneself is read as a fate.
    longest = outlook.horizons[max(outlook.horizons)]
    retired, left, working = _people_of_100(longest)
    return (
        f"Of 100 {people} of your age, {retired} will have retired and {left} will have left for"
        f" another reason within {longest.years} years; {working} will still be working."
    )


def _table(outlook: "PersonOutlook") -> TableWords:
    return TableWords(
        headers=HEADERS,
        rows=tuple(
            (
                _years(horizon.years),
                *_percents(horizon),
                f"{horizon.sessions_expected:.1f}" if outlook.sessions else "not known",
            )
            for horizon in outlook.horizons.values()
        ),
    )


def _why(told: "Explanation") -> Passage:
    """Each part of the chance, what it does and what would change it."""
    return Passage(
        id=f"why-{told.cause.split()[0]}",
        title=f"What makes up the chance of {told.cause}",
        sentence=told.sentence,
        table=TableWords(
            headers=("What it rests on", "What it does", "What would change it"),
            rows=tuple((part.words, _capital(part.effect), part.change) for part in told.parts),
        ),
    )


def _what_if(one: "WhatIf") -> Passage:
    """The outlook under an assumption, always from and to."""
    mentoring = f", and {sessions_words(one.mentoring)} for mentoring" if one.mentoring else ""
    return Passage(
        id=f"what-if-{one.name.replace('_', '-')}",
        title=WHAT_IF_TITLES[one.name],
        sentence=(
            f"An assumption, not a forecast: {sessions_words(one.sessions)} a week{mentoring}."
            f" Your yearly chance of leaving is taken to fall by {one.effect.low * 100:.0f}% to"
            f" {one.effect.high * 100:.0f}%."
        ),
        table=TableWords(
            headers=("Within", "Still working", "Sessions a week then, without mentoring"),
            rows=tuple(
                (
                    _years(years),
                    " to ".join(_still_working(one, years)),
                    " to ".join(f"{end:.1f}" for end in one.sessions_expected(years)),
                )
                for years in one.least.horizons
            ),
        ),
    )


def _still_working(one: "WhatIf", years: int) -> tuple[str, str]:
    """The chance at both ends, lower first, rounded as in the table without the assumption.

    Rounded otherwise, an assumption that changes nothing would seem to move it by one.
    """
    ends = sorted((one.least.horizons[years], one.most.horizons[years]), key=lambda end: end.stay)
    (*_, low), (*_, high) = map(_percents, ends)
    return low, high


def _years(years: int) -> str:
    return "1 year" if years == 1 else f"{years} years"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _age_words(own: OwnOutlook, person: Person | None) -> str:
    born = person.year_of_birth if person else None
    return f"{own.age}: the age you reach in {today().year}, as you were born in {born}"


def _sessions_input(sessions: float) -> str:
    if not sessions:
        return "Not known: you have not told a practice your week yet"
    return f"{sessions_words(sessions)} a week, from what you told your practices"


def _plan_input(own: OwnOutlook) -> str:
    if own.planned is None:
        return "Not used"
    return "Used in the second table alone, as an assumption; nobody else's figures change"


def _plan_sentence(own: OwnOutlook) -> str:
    if own.plan_year is None:
        return ""
    if own.planned is None:
        return f"Your plan names {own.plan_year}, which is over. Change your plan to use it here."
    return (
        f"An assumption, not a forecast: you retire in {own.plan_year} as your plan says, unless"
        " you leave for another reason before."
    )
