"""What one row of a roster changes: a person's details, a new post, or a post in the record."""

import datetime as dt

from retention.imports.roster import RosterRow
from retention.models import Person, Post
from retention.queries.roster_outcomes import Outcome, RowPlan, Terms
from retention.queries.roster_record import PracticeRecord
from retention.queries.roster_weeks import new_week_start, same_week

LONGEST_AHEAD = dt.timedelta(days=2 * 365)


class RowChanges:
    """Writes into the plan of a row what the row changes; nothing is stored."""

    def __init__(self, plan: RowPlan, row: RosterRow, record: PracticeRecord, terms: Terms) -> None:
        self._plan = plan
        self._row = row
        self._record = record
        self._terms = terms

    def person(self, person: Person) -> None:
        """Change what the practice may say of a person: of one with an account, only the number."""
        plan, row = self._plan, self._row
        self._registration(person)
        if not self._record.keeps_details_of(person):
            return
        if row.name != person.name:
            plan.person_values["name"] = row.name
            plan.say(f"Name: {person.name} becomes {row.name}.")
        if row.year_of_birth and row.year_of_birth != person.year_of_birth:
            plan.person_values["year_of_birth"] = row.year_of_birth
            plan.say("Year of birth is changed.")
        # A year says more than a band, and the band would grow old beside it.
        if row.age_band and not row.year_of_birth and row.age_band != person.age_band:
            plan.person_values |= {"age_band": row.age_band, "age_band_on": self._terms.today}
            plan.say("Age band is changed.")

    def _registration(self, person: Person) -> None:
        """Note a number that is missing; correct a wrong one of whom nobody else speaks for."""
        number, known = self._row.registration, person.registration
        if not number or number == known or (known and not self._record.keeps_details_of(person)):
            return
        self._plan.person_values["registration"] = number
        self._plan.say(
            f"Registration number: {known} becomes {number}."
            if known
            else "Registration number is noted."
        )

    def new_post(self) -> None:
        """Make a post of the row, or confirm the one that its person named and nobody has yet."""
        plan, row, today = self._plan, self._row, self._terms.today
        # What a hidden post holds is not told: the row makes it what the row would make anew.
        known = plan.post if plan.post and plan.post.pk not in self._record.hidden else None
        starts_on = known.starts_on if known else row.starts_on or today
        if row.ends_on and row.ends_on <= today:
            plan.say("Left before today and is not in the record: nothing to do.")
            plan.person_values = {}
        elif reason := self._too_far_ahead(starts_on) or self._ended_already(starts_on):
            plan.reject(reason)
        else:
            self._create(known, starts_on)

    def _create(self, known: Post | None, starts_on: dt.date) -> None:
        plan, row = self._plan, self._row
        plan.outcome = Outcome.CREATED
        plan.post_values = {
            "starts_on": starts_on,
            "session_minutes": row.session_minutes,
            "contracted_minutes": row.contracted_minutes,
            "staff_reference": row.staff_reference,
            **self._terms.notice,
        }
        plan.say(_new_words(starts_on, row))
        if row.ends_on:
            plan.say(f"Ends; last day {_last_day(row.ends_on)}.")
        self._first_week(known, starts_on)
        if not row.registration and not row.staff_reference:
            plan.say(
                "Has no number: next month you will be asked who this is. A staff reference helps."
            )

    def _first_week(self, known: Post | None, starts_on: dt.date) -> None:
        """Half-days of a new post hold from its first day, unless its person told some before."""
        if known:
            self._week(known)
        elif self._row.week:
            self._plan.week_from = max(starts_on, self._row.week_from or starts_on)

    def known_post(self, post: Post) -> None:
        """Change or end a post of the record."""
        plan = self._plan
        self._post_values(post)
        self._week(post)
        has_changes = bool(plan.person_values or plan.post_values or plan.week_from)
        if self._row.ends_on and self._row.ends_on != post.ends_on:
            self._end(post, self._row.ends_on)
        elif has_changes:
            plan.outcome = Outcome.CHANGED
        if plan.outcome == Outcome.REJECTED:
            return
        if plan.outcome != Outcome.UNCHANGED:
            # A row waits with what it says, until its own upload names agreement and notice.
            plan.post_values |= self._terms.notice
        elif not self._terms.waits and (post.waits or post.agreement_id is None):
            plan.outcome = Outcome.CHANGED
            plan.post_values |= self._terms.notice
            plan.say("Comes under the agreement of this upload.")

    def _too_far_ahead(self, starts_on: dt.date) -> str:
        if starts_on <= self._terms.today + LONGEST_AHEAD:
            return ""
        return "The first day lies more than two years ahead. Correct it."

    def _ended_already(self, starts_on: dt.date) -> str:
        """Refuse to bring back a post that ended: who came back has a first day after it."""
        person, row = self._plan.person, self._row
        posts = self._record.posts.get((person.pk, row.role), []) if person else []
        ends = [post.ends_on for post in posts if post.pk not in self._record.hidden]
        last = max((end for end in ends if end), default=None)
        if last is None or (last <= starts_on and row.starts_on is not None):
            return ""
        return (
            f"In the record this post ended; last day {_last_day(last)}. Take the row out; or, if"
            " they came back, give the first day after that."
        )

    def _end(self, post: Post, ends_on: dt.date) -> None:
        if post.end_reason:
            # Who ended it gave a reason; a file must not move what they said.
            self._plan.say("This post has ended already; its last day stays as it is.")
        elif ends_on < (self._row.starts_on or post.starts_on):
            self._plan.reject("The last day lies before the first day in the record. Correct it.")
        else:
            self._plan.outcome = Outcome.ENDED
            self._plan.say(f"Ends; last day {_last_day(ends_on)}.")

    def _post_values(self, post: Post) -> None:
        plan, row = self._plan, self._row
        for name, words in (
            ("contracted_minutes", "Contracted time"),
            ("session_minutes", "Length of a session"),
        ):
            old, new = getattr(post, name), getattr(row, name)
            # An empty cell says nothing: it takes nothing away.
            if new is not None and new != old:
                plan.post_values[name] = new
                plan.say(f"{words}: {_minutes(old)} becomes {_minutes(new)}.")
        if row.staff_reference and row.staff_reference != post.staff_reference:
            plan.post_values["staff_reference"] = row.staff_reference
            plan.say("Your staff reference is noted.")
        if row.starts_on and row.starts_on != post.starts_on:
            self._move_start(post, row.starts_on)

    def _move_start(self, post: Post, starts_on: dt.date) -> None:
        """Correct a post's first day, unless weeks or an end in the record would lie before it."""
        told = self._record.weeks.get(post.pk)
        if (told and told.starts_on < starts_on) or (post.ends_on and post.ends_on < starts_on):
            self._plan.say("The first day stays: the record holds weeks from before it.")
            return
        self._plan.post_values["starts_on"] = starts_on
        self._plan.say(f"First day: {_words(post.starts_on)} becomes {_words(starts_on)}.")

    def _week(self, post: Post) -> None:
        row, told = self._row, self._record.weeks.get(post.pk)
        minutes = row.session_minutes or post.session_minutes
        if row.week is None or same_week(row.week, told, minutes):
            return
        if told and not told.by_practice:
            self._plan.say(
                "The half-days differ from the week that the person told you: theirs stays."
            )
            return
        starts_on = new_week_start(post, told, row.week_from, self._terms.today)
        if starts_on is None:
            self._plan.say("The half-days stay: the week in the record begins later.")
            return
        self._plan.week_from = starts_on
        self._plan.say(f"New half-days from {_words(starts_on)}.")


def _new_words(starts_on: dt.date, row: RosterRow) -> str:
    """Return what a new post begins with, so that a slip is seen before it is stored."""
    words = [f"From {_words(starts_on)}"]
    if row.contracted_minutes is not None:
        words.append(f"{_minutes(row.contracted_minutes)} a week")
    if row.week:
        words.append(f"{len(row.week)} half-day{'s' if len(row.week) > 1 else ''}")
    return f"{', '.join(words)}."


def _minutes(minutes: int | None) -> str:
    if minutes is None:
        return "not said"
    return f"{minutes // 60} h {minutes % 60:02d} min"


def _last_day(ends_on: dt.date) -> str:
    """Posts keep the first day without them; people say the last one with."""
    return _words(ends_on - dt.timedelta(days=1))


def _words(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
