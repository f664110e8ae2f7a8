"""Who a row of a roster is: known by a number, or by what the practice answers; never by name.

Only the practice's own people are looked at: the answer is the same whoever works elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from retention.imports.roster import RosterRow
from retention.models import Person
from retention.queries.roster_record import PracticeRecord, name_key

SOMEONE_NEW = "new"


class Refused(Exception):
    """The row cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Match:
    """The person, None for someone new; or the people of that name, of whom it may be one.

    With `is_claim` it is somebody of whom the practice knows nothing yet: they said so themselves.
    """

    person: Person | None = None
    candidates: list[Person] = field(default_factory=list)
    is_claim: bool = False


class Matcher:
    """Matches the rows of one file, in their order, and refuses what stands in it twice."""

    def __init__(self, record: PracticeRecord, answers: Mapping[str, str]) -> None:
        self._record = record
        self._answers = answers
        self._lines: dict[tuple[str, str], int] = {}
        self._nameless: dict[str, int] = {}

    def match(self, row: RosterRow) -> Match:
        """Return who a row is; raises Refused."""
        self._check_place(row)
        people = self._by_number(row)
        match = Match(people[0]) if len(people) == 1 else self._by_answer(row, people)
        if match.candidates:
            return match
        if match.person is None and row.registration in self._record.claimed:
            # Looked at last, where the row would be somebody new: a claim changes no answer.
            match = Match(self._record.claimed[row.registration], is_claim=True)
        self._check_twice(row, match.person)
        return match

    def _check_place(self, row: RosterRow) -> None:
        own = self._record.practice.code
        if row.org_code in ("", own):
            return
        if row.org_code in self._record.codes:
            raise Refused(
                f"This row is of {row.org_code}. You can load people of your own practice, {own}:"
                " take the row out."
            )
        raise Refused(
            f"There is no organisation {row.org_code[:12]} in the record. Your practice is {own}."
        )

    def _by_number(self, row: RosterRow) -> list[Person]:
        """Return whose numbers these are: nearly always one person, or nobody."""
        registered = self._record.by_registration.get(row.registration, [])
        referred = self._record.by_reference.get(row.staff_reference.casefold())
        if referred is None:
            # Of two practices that merged, each may have known the same number.
            return registered
        if registered and referred not in registered:
            raise Refused(
                "The registration number and your staff reference are of two different people in"
                " the record. Correct one of them."
            )
        if not self._may_have_number(referred, row):
            raise Refused(
                "Your staff reference is of somebody with another registration number. Correct one"
                " of them."
            )
        return [referred]

    def _may_have_number(self, person: Person, row: RosterRow) -> bool:
        """Whether a row's registration number can be that of whom its reference names.

        One of the same name, whom the practice alone speaks for, had a wrong one until now.
        """
        if not row.registration or person.registration in ("", row.registration):
            return True
        is_same = name_key(person.name) == name_key(row.name)
        return is_same and self._record.keeps_details_of(person)

    def _by_answer(self, row: RosterRow, people: list[Person]) -> Match:
        """Ask which of `people` a row is, or of those with its name if numbers know nobody."""
        candidates = people or self._namesakes(row)
        answer = self._answers.get(str(row.line))
        if answer == SOMEONE_NEW or not candidates:
            return Match()
        chosen = next((each for each in candidates if str(each.public_id) == answer), None)
        return Match(chosen) if chosen else Match(candidates=candidates)

    def _namesakes(self, row: RosterRow) -> list[Person]:
        """Return those of a row's name, but for whom two numbers tell apart."""
        return [
            person
            for person in self._record.by_name.get(name_key(row.name), [])
            if not (row.registration and person.registration)
        ]

    def _check_twice(self, row: RosterRow, person: Person | None) -> None:
        key = str(person.pk) if person else ""
        key = key or row.registration or row.staff_reference.casefold()
        if not key:
            name = name_key(row.name)
            if name in self._nameless:
                raise Refused(
                    f"Line {self._nameless[name]} has the same name, and neither has a number."
                    " Give both a registration number or a staff reference."
                )
            self._nameless[name] = row.line
            return
        if (key, row.role) in self._lines:
            raise Refused(
                f"Line {self._lines[key, row.role]} has the same person in the same role. Take one"
                " of the two out."
            )
        self._lines[key, row.role] = row.line
