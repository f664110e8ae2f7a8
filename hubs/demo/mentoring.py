"""The demo's mentors, mentees and schemes, and a few pairs that meet since last year's scheme."""

import datetime as dt
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from hubs.demo import national
from hubs.demo.places import Places
from hubs.demo.records import Records
from hubs.demo.schemes import make_schemes
from hubs.demo.seed import stable_id, stream
from hubs.demo.staff import Colleague
from hubs.demo.weeks import clinical_sessions, with_mentoring
from hubs.models import Meeting, MenteeRequest, MentorOffer, Pair, PairingRun, Scheme
from hubs.models.availability import HALF_DAYS
from hubs.models.interests import Interest, Stage
from hubs.models.meeting import MeetingKind, MeetingState
from hubs.models.mentee_request import RequestState
from hubs.models.pair import Answer, PairState
from hubs.models.pairing_run import RunState
from hubs.queries.distances import EARTH_KM
from hubs.scores import score_parts
from retention.models import PostcodeDistrict
from retention.models.person import Profession
from retention.models.post import PostRole
from retention.models.session_pattern import PartOfDay, Weekday

MENTORS = {Profession.GP: 24, Profession.NURSE: 6}
EXPERIENCED = 10
MENTEES = {Stage.TRAINEE: 14, Stage.NEW: 21, Stage.MID: 6, Stage.RETURNING: 4}
# Nobody of the demo is free then: two visitors who choose it, and no video, are sure to be paired.
FREE_FOR_VISITORS = f"{Weekday.THURSDAY.value}{PartOfDay.EVENING.value}"
_NEVER_OFFERED = {FREE_FOR_VISITORS, *(code for code in HALF_DAYS if code.startswith("5"))}
DAYTIME = [code for code in HALF_DAYS if code not in _NEVER_OFFERED and not code.endswith("eve")]
EVENINGS = [code for code in HALF_DAYS if code not in _NEVER_OFFERED and code.endswith("eve")]
# Mentors who already give a half-day to it, and so meet their mentees of last year's scheme.
PAIRS = 5
OLD_RUN_AFTER = dt.timedelta(days=50)
HOURS = {Decimal("1.5"): 8, Decimal(2): 6, Decimal(3): 8, Decimal(4): 5, Decimal(6): 3}


@dataclass
class Mentoring:
    """Unsaved records of mentoring, in lists that can be saved in this order."""

    schemes: list[Scheme]
    offers: list[MentorOffer]
    requests: list[MenteeRequest]
    run: PairingRun
    # Saving a run dates it now; it was asked for before its pairs began.
    run_asked_at: dt.datetime
    pairs: list[Pair]
    meetings: list[Meeting]


def choose_mentors(
    staff: Sequence[Colleague], today: dt.date, leave_out: set[str]
) -> list[Colleague]:
    """Return 30 experienced colleagues; the first few get a half-day of mentoring a week."""
    rng = stream("mentors")
    chosen: list[Colleague] = []
    for profession, count in MENTORS.items():
        experienced = [
            one
            for one in staff
            if one.profession == profession and one.key not in leave_out
            if one.role != PostRole.LOCUM and clinical_sessions(one.weeks[-1][1]) >= 2
            if one.qualified_year and today.year - one.qualified_year >= EXPERIENCED
        ]
        chosen += rng.sample(experienced, count)
    for mentor in chosen[:PAIRS]:
        starts_on, week = mentor.weeks[-1]
        # Before the records are made, so that the week told and the pair fit each other.
        mentor.weeks[-1] = (starts_on, with_mentoring(rng, week))
    return chosen


def choose_mentees(
    staff: Sequence[Colleague], today: dt.date, leave_out: set[str]
) -> list[tuple[Colleague, Stage]]:
    """Return 45 colleagues who ask for a mentor, each with the stage of their career."""
    rng = stream("mentees")
    left = [one for one in staff if one.key not in leave_out and one.works_on(today)]
    chosen: list[tuple[Colleague, Stage]] = []
    for stage, count in MENTEES.items():
        fitting = [one for one in left if stage in _stages(one, today)]
        drawn = rng.sample(fitting, count)
        chosen += [(one, stage) for one in drawn]
        # Nobody asks twice: stages overlap, as one person may be in two.
        left = [one for one in left if one not in drawn]
    return chosen


def _stages(one: Colleague, today: dt.date) -> tuple[Stage, ...]:
    """Return the stages that someone may be in, as their record has it."""
    if one.role == PostRole.TRAINEE:
        return (Stage.TRAINEE,)
    years = today.year - (one.qualified_year or today.year)
    if years <= 5:
        return (Stage.NEW,)
    return (Stage.MID, Stage.RETURNING) if years <= 25 else ()


def make_mentoring(
    places: Places,
    records: Records,
    mentors: Sequence[Colleague],
    mentees: Sequence[tuple[Colleague, Stage]],
    today: dt.date,
) -> Mentoring:
    """Return what the hub holds on mentoring: nothing is paired yet in the open scheme."""
    rng = stream("availability")
    offers = [_offer(rng, places, records, one) for one in mentors]
    requests = [_request(rng, places, records, one, stage) for one, stage in mentees]
    lead, administrator = records.users["retention_lead"], records.users["administrator"]
    schemes = make_schemes(places.hub, lead, administrator, today)
    closed = schemes[-1]
    # Mentors are GPs first, mentees trainees first: GPs mentor the first of those who are new.
    asked = requests[MENTEES[Stage.TRAINEE] :][:PAIRS]
    run, pairs = _old_pairs(rng, places, closed, list(zip(offers, asked, strict=False)), lead)
    return Mentoring(
        schemes=schemes,
        offers=offers,
        requests=requests,
        run=run,
        run_asked_at=_at_noon(closed.starts_on + OLD_RUN_AFTER),
        pairs=pairs,
        meetings=[meeting for pair in pairs for meeting in _meetings(rng, pair, today)],
    )


def _offer(rng: random.Random, places: Places, records: Records, one: Colleague) -> MentorOffer:
    is_gp = one.profession == Profession.GP
    return MentorOffer(
        public_id=stable_id(f"offer {one.key}"),
        person=records.people[one.key],
        hub=places.hub,
        half_days=_half_days(rng, rng.choice((1, 2, 2, 3)), evening=0.2),
        interests=_some(rng, Interest.values, rng.choice((2, 3, 3, 4, 5))),
        remote=rng.random() < 0.6,
        district=places.district(one.practice),
        max_km=rng.choice((15, 25, 40, 60)),
        hours_a_month=national.draw(rng, HOURS),
        clinical_sessions=Decimal(clinical_sessions(one.weeks[-1][1])),
        has_licence=is_gp or rng.random() < 0.5,
        on_performers_list=is_gp and rng.random() < 0.9,
    )


def _request(
    rng: random.Random, places: Places, records: Records, one: Colleague, stage: Stage
) -> MenteeRequest:
    only_remote = rng.random() < 0.15
    return MenteeRequest(
        public_id=stable_id(f"request {one.key}"),
        person=records.people[one.key],
        hub=places.hub,
        stage=stage,
        half_days=[] if only_remote else _half_days(rng, rng.choice((1, 2, 2, 3)), evening=0.3),
        interests=_some(rng, Interest.values, rng.choice((1, 2, 2, 3))),
        remote=only_remote or rng.random() < 0.45,
        prefers_same_profession=rng.random() < 0.4,
        district="" if only_remote else places.district(one.practice),
        max_km=None if only_remote else rng.choice((5, 10, 20, 30, 45)),
    )


def _half_days(rng: random.Random, count: int, evening: float) -> list[str]:
    codes = rng.sample(DAYTIME, count)
    if rng.random() < evening:
        codes.append(rng.choice(EVENINGS))
    return sorted(codes, key=list(HALF_DAYS).index)


def _some(rng: random.Random, codes: Sequence[str], count: int) -> list[str]:
    return sorted(rng.sample(list(codes), count), key=list(codes).index)


def _old_pairs(
    rng: random.Random,
    places: Places,
    scheme: Scheme,
    couples: Sequence[tuple[MentorOffer, MenteeRequest]],
    lead: User,
) -> tuple[PairingRun, list[Pair]]:
    """Return last year's run with its pairs, all active; each couple is given what pairs need."""
    run = PairingRun(public_id=stable_id("run"), scheme=scheme, state=RunState.DONE, asked_by=lead)
    where = {district.code: district for district in places.districts}
    pairs = []
    for number, (offer, request) in enumerate(couples):
        request.state = RequestState.PAIRED
        request.half_days = list(offer.half_days)
        request.remote = offer.remote = True
        request.district = request.district or places.district(number)
        parts = score_parts(
            interests=[code for code in request.interests if code in offer.interests],
            half_days=offer.half_days,
            km=km_between(where[offer.district], where[request.district]),
            same_profession=offer.person.profession == request.person.profession,
            wants_same_profession=request.prefers_same_profession,
        )
        pairs.append(
            Pair(
                public_id=stable_id(f"pair {number}"),
                run=run,
                offer=offer,
                request=request,
                score=sum(part["points"] for part in parts.values()),
                parts=parts,
                state=PairState.ACTIVE,
                mentor_answer=Answer.ACCEPTED,
                mentee_answer=Answer.ACCEPTED,
                decided_at=_at_noon(scheme.starts_on + 2 * OLD_RUN_AFTER),
                started_on=scheme.starts_on + dt.timedelta(days=rng.randrange(120, 240)),
            )
        )
    run.figures = _figures(pairs)
    return run, pairs


def _figures(pairs: Sequence[Pair]) -> Mapping[str, object]:
    """Return the figures of a run that found a mentor for each of a few mentees."""
    return {
        "mentees": len(pairs),
        "mentors": len(pairs),
        "places": len(pairs),
        "candidates": len(pairs) ** 2,
        "pairs": len(pairs),
        "total": sum(pair.score for pair in pairs),
        "seconds": 0.0,
        "proved_optimal": True,
    }


def _meetings(rng: random.Random, pair: Pair, today: dt.date) -> list[Meeting]:
    """Return a meeting every four to six weeks since the pair began, most of them held."""
    meetings: list[Meeting] = []
    start = pair.started_on or today
    held_on = start + dt.timedelta(days=rng.randrange(5, 15))
    while held_on < today:
        state = national.draw(
            rng, {MeetingState.DONE: 84, MeetingState.CANCELLED: 12, MeetingState.NO_SHOW: 4}
        )
        meetings.append(
            Meeting(
                public_id=stable_id(f"meeting {pair.public_id} {len(meetings)}"),
                pair=pair,
                held_on=held_on,
                minutes=rng.choice((45, 60, 60, 75)),
                kind=rng.choice(MeetingKind.values),
                state=state,
                logged_by=rng.choice((pair.offer.person.user, pair.request.person.user)),
            )
        )
        # An hour every four weeks is what the national scheme asked for; people slip.
        held_on += dt.timedelta(days=rng.randrange(28, 43))
    return meetings


def _at_noon(date: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(date, dt.time(12)))


def km_between(one: PostcodeDistrict, other: PostcodeDistrict) -> float:
    """Return the kilometres between two districts; over a county the earth is flat enough."""
    per_degree = math.radians(EARTH_KM)
    north = (one.latitude - other.latitude) * per_degree
    east = (one.longitude - other.longitude) * per_degree * math.cos(math.radians(one.latitude))
    return math.hypot(north, east)
