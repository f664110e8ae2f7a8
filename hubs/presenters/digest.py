"""The monthly summary in at most five lines: what changed, and what needs doing.

Lines name places, never a person, a scheme or what came of anything.
"""

import datetime as dt
import textwrap
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from accounts import roles
from hubs.queries.digest import DigestFacts, PlaceMonth
from models.data_quality import Grade
from models.disclosure import whole_sessions
from models.flags import FLAG_YEARS
from organisations.clock import today
from organisations.models.organisation import Kind, Organisation
from retention.presenters.data_quality import reason
from retention.presenters.outlook import (
    flag_sentence,
    horizon,
    interval,
    number,
    plural,
    within,
)
from retention.queries.age_profile import is_known, sessions_now

MOST_LINES = 5
LONGEST_LINE = 240
NAMES_LISTED = 3
OLD_AFTER = dt.timedelta(days=365)
NOTHING_TO_DO = "Nothing needs doing this month."


def merged(of_roles: Iterable[Sequence[str]]) -> list[str]:
    """Return at most five lines of several roles, each line once and no longer than 240 letters.

    The first line of every role comes before the second of any; then each role's lines stand
    together, in their order.
    """
    lists = [[_short(line) for line in lines] for lines in of_roles]
    chosen: list[str] = []
    for rank in zip_longest(*lists):
        # The same line of two roles is read once.
        chosen += [line for line in rank if line is not None and line not in chosen]
    kept = chosen[:MOST_LINES]
    return list(dict.fromkeys(line for lines in lists for line in lines if line in kept))


def lines_of(facts: DigestFacts) -> list[str]:
    """Return the lines of one role, at most five, the most telling first."""
    if facts.now is None:
        return [f"No workforce figures have been loaded for {facts.place} yet."]
    found = [
        _sessions_line(facts.place, facts.now, facts.before),
        _outlook_line(facts, facts.now),
        _flags_line(facts) if facts.place.kind == Kind.TRAINING_HUB else _flag_line(facts),
        _data_line(facts),
        _to_do_line(facts),
    ]
    return [_short(line) for line in found if line][:MOST_LINES]


def _short(line: str) -> str:
    return textwrap.shorten(line, LONGEST_LINE, placeholder=" ...")


def _sessions_line(place: Organisation, now: PlaceMonth, before: PlaceMonth | None) -> str:
    profile = now.profile
    if profile is None or not is_known(profile):
        return f"{place}: the figures of {now.month:%B %Y} are not known."
    sessions = sessions_now(profile)
    people = plural(sum(profile.headcount.values()), "qualified permanent GP")
    if sessions is None:
        return f"{place}: {people}, sessions not known, in {now.month:%B %Y}."
    said = f"{place}: {people}, {plural(sessions, 'estimated session')} a week in {now.month:%B %Y}"
    earlier = sessions_now(before.profile) if before and before.profile else None
    if before is None or earlier is None:
        return said + "."
    return f"{said}, {_change(sessions, earlier)} in {before.month:%B %Y}."


def _change(now: float, before: float) -> str:
    """Return the change of what is shown: whole numbers, so that a reader can check it."""
    step = whole_sessions(now) - whole_sessions(before)
    if step == 0:
        return "as many as"
    return f"{abs(step):,} {'more' if step > 0 else 'fewer'} than"


def _outlook_line(facts: DigestFacts, now: PlaceMonth) -> str:
    if now.outlook is None:
        return ""
    lost = horizon(now.outlook)
    whose = "" if facts.outlook_place == facts.place else f" of {facts.outlook_place}"
    said = (
        f"If nobody joined, about {plural(lost.expected, 'session')}{whose} could be lost within"
        f" {within(FLAG_YEARS)} (80% interval {interval(lost.low80, lost.high80)})"
    )
    before = facts.before.outlook if facts.before else None
    if before is None or facts.before is None:
        return said + "."
    return (
        f"{said}; by the figures of {facts.before.month:%B %Y} it was"
        f" {number(horizon(before).expected)}."
    )


def _flag_line(facts: DigestFacts) -> str:
    """Say why a network is flagged, or that it no longer is."""
    now = facts.now.flag if facts.now else None
    before = facts.before.flag if facts.before else None
    if now is not None and now.raised:
        named = "" if facts.outlook_place == facts.place else f"{facts.outlook_place}: "
        return named + flag_sentence(now)
    if before is not None and before.raised:
        return f"{facts.outlook_place} is no longer flagged."
    return ""


def _flags_line(facts: DigestFacts) -> str:
    """Say how many networks of an area are flagged, and which are new or no longer."""
    if not facts.flags:
        return ""
    now = {each.network for each in facts.flags if each.raised}
    before = {each.network for each in facts.flags_before if each.raised}
    said = f"Flagged: {len(now)} of {plural(len(facts.flags), 'network')}"
    # Beside nothing, every flag would be told as new.
    if not facts.flags_before:
        return f"{said}{_listed(': ', now)}."
    new, gone = _listed("; new: ", now - before), _listed("; no longer: ", before - now)
    return f"{said}{new or '; none is new'}{gone}."


def _listed(start: str, places: Iterable[Organisation]) -> str:
    # By name, so that the order tells of no rank.
    names = sorted(str(place) for place in places)
    if not names:
        return ""
    more = len(names) - NAMES_LISTED
    tail = f" and {more} more" if more > 0 else ""
    return start + ", ".join(names[:NAMES_LISTED]) + tail


def _data_line(facts: DigestFacts) -> str:
    """Say whose published figures are missing or doubtful."""
    if facts.place.kind == Kind.PRACTICE:
        doubts = [
            f"{group.staff_group.label}: {reason(group.findings[0])}"
            for practice in facts.quality.practices
            for group in practice.groups
            if group.findings
        ]
        # One doubt for each group: the line is short, and the page has them all.
        return f"Doubts about your published figures: {'; '.join(doubts)}." if doubts else ""
    poor = [each for each in facts.quality.practices if each.grade >= Grade.POOR]
    if not poor:
        return ""
    all_of = plural(len(facts.quality.practices), "practice")
    return (
        f"Missing or poor figures: {len(poor)} of {all_of}"
        f"{_listed(' - ', (each.practice for each in poor))}."
    )


def _to_do_line(facts: DigestFacts) -> str:
    wants = [want for want in _wants(facts) if want]
    return f"To do: {'; '.join(wants)}." if wants else NOTHING_TO_DO


def _wants(facts: DigestFacts) -> list[str]:
    match facts.role:
        case roles.PRACTICE_MANAGER.key:
            return _manager_wants(facts)
        case roles.NETWORK_LEAD.key:
            return [_talk(facts), _chase(facts)]
        case roles.HUB_RETENTION_LEAD.key:
            return [_listed("invite everyone in ", facts.to_invite), _chase(facts)]
        case roles.HUB_ADMINISTRATOR.key:
            missing = facts.agreements_missing
            return [f"complete {plural(missing, 'agreement')}" if missing else "", _chase(facts)]
        case _:
            # A board reads and asks; it does nothing here itself.
            asked = any(each.raised for each in facts.flags)
            return ["ask what is planned for the flagged networks" if asked else ""]


def _talk(facts: DigestFacts) -> str:
    if facts.now is None or facts.now.flag is None or not facts.now.flag.raised:
        return ""
    return "ask the training hub to invite everyone to a confidential conversation"


def _chase(facts: DigestFacts) -> str:
    poor = any(each.grade >= Grade.POOR for each in facts.quality.practices)
    return "ask practices with such figures to complete the workforce return" if poor else ""


def _manager_wants(facts: DigestFacts) -> list[str]:
    doubts = any(each.findings for each in facts.quality.practices)
    said = facts.confirmed_on
    confirm = "confirm your staff list"
    if said is not None:
        confirm += f", last confirmed on {said:%-d %B %Y}"
    return [
        "correct the next workforce return" if doubts else "",
        confirm if said is None or today() - said > OLD_AFTER else "",
    ]
