"""Plans in words."""

from dataclasses import dataclass

from retention.models.plan import Wish
from retention.presenters.session_grid import date_words
from retention.queries.plans import PlanContent, SharedPlan


@dataclass(frozen=True)
class SharedPlanWords:
    """A plan on the page of the hub that it is shared with."""

    name: str
    rows: tuple[tuple[str, str], ...]


def plan_rows(content: PlanContent) -> list[tuple[str, str]]:
    """Return what a plan says, for a summary list."""
    year = "Not known" if content.retire_year is None else f"Around {content.retire_year}"
    wishes = "\n".join(Wish(wish).label for wish in content.wishes)
    return [("May retire", year), ("Would like instead", wishes or "Nothing chosen")]


def shared_plan_words(shared: SharedPlan) -> SharedPlanWords:
    """Return a shared plan, with the day on which the hub stops reading it."""
    until = ("You can read this until", date_words(shared.share.ends_on))
    return SharedPlanWords(shared.person.name, (*plan_rows(shared.content), until))
