"""What may become of a row of a roster, and the plan that holds it until somebody confirms."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from retention.imports.roster import RosterRow
from retention.models import Person, Post


class Outcome(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    CHANGED = "changed"
    ENDED = "ended"
    UNCHANGED = "unchanged"
    ASK = "ask"
    REJECTED = "rejected"


@dataclass
class RowPlan:
    """One row: what it would do, in words; why not, with the fix; or who it might be."""

    line: int
    name: str
    role: str
    outcome: Outcome
    details: list[str] = field(default_factory=list)
    reason: str = ""
    row: RosterRow | None = None
    person: Person | None = None
    post: Post | None = None
    candidates: list[Person] = field(default_factory=list)
    # The person said themselves that they work here, and the page must not tell.
    is_claim: bool = False
    # What to set on the person and the post, and from when the half-days hold.
    person_values: dict[str, object] = field(default_factory=dict)
    post_values: dict[str, object] = field(default_factory=dict)
    week_from: dt.date | None = None

    @property
    def known(self) -> tuple[int | None, int | None]:
        """Return the keys of the person and the post, as far as the practice knows of them."""
        person = self.person.pk if self.person and not self.is_claim else None
        is_confirmed = self.post is not None and self.post.confirmed_on is not None
        return person, self.post.pk if self.post and is_confirmed else None

    def say(self, detail: str) -> None:
        """Tell the practice something about the row."""
        self.details.append(detail)

    def reject(self, reason: str) -> None:
        """Leave the row out; the reason says what to do."""
        self.outcome, self.reason = Outcome.REJECTED, reason


@dataclass(frozen=True)
class Terms:
    """What holds for the whole file: the day, and whether agreement and notice are named."""

    today: dt.date
    agreement: int | None = None
    told_on: dt.date | None = None

    @property
    def waits(self) -> bool:
        """Whether the rows enter no figure yet."""
        return self.agreement is None or self.told_on is None

    @property
    def notice(self) -> dict[str, object]:
        """Return what a post keeps of these terms."""
        if self.waits:
            return {"waits": True}
        return {"waits": False, "agreement_id": self.agreement, "told_on": self.told_on}
