"""Two years of coming and going: who left, who came in their place, whose weeks changed."""

import datetime as dt
import random
from collections.abc import Sequence

from hubs.demo import national
from hubs.demo.names import Names
from hubs.demo.places import Places
from hubs.demo.seed import stream
from hubs.demo.staff import (
    LATEST_START,
    TRAINEES,
    Colleague,
    born_at,
    draw_age,
    set_start,
)
from hubs.demo.weeks import MOST_SESSIONS, make_week
from models.standard_table import standard_table
from retention.models.person import Profession
from retention.models.post import EndReason, PostRole

HISTORY_MONTHS = 24
# Why those left who did not retire; assumed.
OTHER_REASONS = {EndReason.MOVED: 50, EndReason.LEFT: 35, EndReason.NOT_KNOWN: 15}
# Chance that someone's week changed within two years, and of a cut before leaving; assumed.
CHANGED_WEEK, CUT_BEFORE_LEAVING = 0.3, 0.5
# Sessions more than today that were worked before the change, by age from.
CHANGES = ((55, (1, 1, 2, 3)), (40, (-1, 1, 1)), (0, (-2, -1, 1, 2)))
YOUNGER_THAN = 45
ROTATION = (8, 1)


def history_months(today: dt.date) -> list[dt.date]:
    """Return the first days of the last 24 complete months, oldest first."""
    months = [today.replace(day=1)]
    while len(months) <= HISTORY_MONTHS:
        months.append((months[-1] - dt.timedelta(days=1)).replace(day=1))
    return months[:0:-1]


def month_end(month: dt.date) -> dt.date:
    """Return the last day of a month."""
    return (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def add_history(
    staff: Sequence[Colleague], names: Names, months: Sequence[dt.date]
) -> list[Colleague]:
    """Return those who left in `months`, and let younger colleagues start in their place.

    Each month everyone's chance to leave is the standard table's; who is drawn had a colleague of
    the same age and role, who left. The table is of GPs: nothing is published on nurses.
    """
    gone = _leavers(staff, names, months)
    rng = stream("joiners")
    replaced: set[str] = set()
    left = [(one.ends_on, one) for one in gone if one.ends_on is not None]
    for ends_on, leaver in sorted(left, key=lambda pair: (pair[0], pair[1].key)):
        start = ends_on + dt.timedelta(days=rng.randrange(14, 120))
        younger = [
            one
            for one in staff
            if (one.practice, one.profession) == (leaver.practice, leaver.profession)
            if one.key not in replaced
            if one.starts_on < start and one.age_on(start) < YOUNGER_THAN
        ]
        # A post that nobody took yet stays empty, as some do.
        if younger and start <= months[-1] - LATEST_START:
            joiner = rng.choice(younger)
            joiner.starts_on = start
            replaced.add(joiner.key)
    return gone


def _leavers(
    staff: Sequence[Colleague], names: Names, months: Sequence[dt.date]
) -> list[Colleague]:
    rng = stream("leavers")
    table = standard_table()
    gone: list[Colleague] = []
    for month in months:
        ages = [one.age_on(month) for one in staff]
        # The table is of a year; twelve such months make it again.
        monthly = 1 - (1 - table.hazards(ages)) ** (1 / 12)
        for one, (retire, otherwise) in zip(staff, monthly.tolist(), strict=True):
            chance = rng.random()
            if chance < retire + otherwise:
                reason = EndReason.RETIRED
                if chance >= retire:
                    reason = national.draw(rng, OTHER_REASONS)
                gone.append(_leaver(rng, names, one, month, reason, f"left-{len(gone) + 1}"))
    return gone


def _leaver(
    rng: random.Random,
    names: Names,
    like: Colleague,
    month: dt.date,
    reason: EndReason,
    key: str,
) -> Colleague:
    ends_on = month + dt.timedelta(days=rng.randrange(1, 28))
    group = "nurses" if like.profession == Profession.NURSE else "gp"
    age = like.age_on(month)
    sex = "female" if rng.random() < national.female_share(group, age) else "male"
    leaver = Colleague(
        key=key,
        name=names.person(sex, "Dr" if group == "gp" else ""),
        profession=like.profession,
        sex=sex,
        born=born_at(rng, age, month),
        practice=like.practice,
        role=like.role,
        starts_on=month,
        ends_on=ends_on,
        end_reason=reason,
    )
    set_start(rng, leaver, month, month - LATEST_START)
    return leaver


def make_trainees(places: Places, names: Names, today: dt.date) -> list[Colleague]:
    """Return the trainees of this training year and of the two before, who have moved on.

    They work where there are enough GPs to train them, from one August to the next.
    """
    rng = stream("trainees")
    # Assumed: a small practice has no room for a trainer and a trainee.
    training = [practice for practice, gps in enumerate(places.gps) if gps >= 7]
    latest = dt.date(today.year, *ROTATION)
    if latest + LATEST_START > today:
        latest = latest.replace(year=latest.year - 1)
    found = []
    for years_ago in (3, 2, 1, 0):
        start = latest.replace(year=latest.year - years_ago)
        end = start.replace(year=start.year + 1)
        for number in range(TRAINEES):
            sex = "female" if rng.random() < national.female_share("gp", 32) else "male"
            age = draw_age(rng, national.draw(rng, national.TRAINEE_AGES))
            found.append(
                Colleague(
                    key=f"trainee-{years_ago}-{number + 1}",
                    name=names.person(sex, "Dr"),
                    profession=Profession.GP,
                    sex=sex,
                    born=born_at(rng, age, start),
                    practice=training[number % len(training)],
                    role=PostRole.TRAINEE,
                    starts_on=start,
                    ends_on=end if years_ago else None,
                    end_reason=EndReason.CONTRACT_ENDED if years_ago else None,
                )
            )
    return found


def give_weeks(everyone: Sequence[Colleague], months: Sequence[dt.date]) -> None:
    """Give everyone the weeks that they told: one since they came, or two where it changed."""
    rng = stream("weeks")
    for one in everyone:
        sessions = national.draw(rng, national.SESSIONS[one.role])
        latest = make_week(rng, one.role, sessions)
        one.weeks = [(one.starts_on, latest)]
        changed = rng.choice(months[1:-1])
        likely = CHANGED_WEEK if one.ends_on is None else CUT_BEFORE_LEAVING
        if one.role == PostRole.TRAINEE or rng.random() >= likely:
            continue
        if one.starts_on + LATEST_START < changed and one.works_on(changed):
            options = next(more for age, more in CHANGES if one.age_on(changed) >= age)
            before = min(MOST_SESSIONS, max(1, sessions + rng.choice(options)))
            if before != sessions:
                earlier = make_week(rng, one.role, before)
                one.weeks = [(one.starts_on, earlier), (changed, latest)]
