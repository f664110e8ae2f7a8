"""Who a row of a roster is: known by a number, or by what the practice answers; never by name."""

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
    """The person, None for someone new; or the people of that name, of whom it may be one."""

    person: Person | None = None
    candidates: list[Person] = field(default_factory=list)


class Matcher:
    """Matches the rows of one file, in their order, and refuses what stands in it twice."""

    def __init__(self, record: PracticeRecord, answers: Mapping[str, str], codes: set[str]) -> None:
        self._record = record
        self._answers = answers
        self._codes = codes
        self._lines: dict[tuple[str, str], int] = {}
        self._nameless: dict[str, int] = {}

    def match(self, row: RosterRow) -> Match:
        """Return who a row is; raises Refused."""
        self._check_place(row)
        person = self._by_number(row)
        match = Match(person) if person else self._by_answer(row)
        if not match.candidates:
            self._check_twice(row, match.person)
        return match

    def _check_place(self, row: RosterRow) -> None:
        own = self._record.practice.code
        if row.org_code in ("", own):
            return
        if row.org_code in self._codes:
            raise Refused(
                f"This row is of {row.org_code}. You can load people of your own practice, {own}:"
                " take the row out."
            )
        raise Refused(
            f"There is no organisation {row.org_code[:12]} in the record. Your practice is {own}."
        )

    def _by_number(self, row: RosterRow) -> Person | None:
        registered = self._record.by_registration.get(row.registration)
        referred = self._record.by_reference.get(row.staff_reference.casefold())
        if registered and referred and registered != referred:
            raise Refused(
                "The registration number and your staff reference are of two different people in"
                " the record. Correct one of them."
            )
        if referred and row.registration and referred.registration not in ("", row.registration):
            raise Refused(
                "Your staff reference is of somebody with another registration number. Correct one"
                " of them."
            )
        return registered or referred

    def _by_answer(self, row: RosterRow) -> Match:
        """Ask who somebody is whose name is known here, unless two numbers tell them apart."""
        candidates = [
            person
            for person in self._record.by_name.get(name_key(row.name), [])
            if not (row.registration and person.registration)
        ]
        if not candidates:
            return Match()
        answer = self._answers.get(str(row.line))
        if answer == SOMEONE_NEW:
            return Match()
        chosen = next((each for each in candidates if str(each.public_id) == answer), None)
        return Match(chosen) if chosen else Match(candidates=candidates)

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
