"""What a practice shares, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.presenters.roles import day
from organisations.models.organisation import Organisation
from organisations.models.sharing import SharedThing, Sharing
from organisations.queries.sharing import Switch

# What a reader gains, and what stays closed: the contract holder decides on this.
_MEANS = {
    SharedThing.OUTLOOK: "{name} can then see this practice's outlook from published figures.",
    SharedThing.PATTERNS: (
        "Posts and current session patterns then enter the totals of {name}. Nobody there sees a"
        " person, a post or this practice's own total."
    ),
}


@dataclass(frozen=True)
class SwitchRow:
    """One switch with its button."""

    recipient: str
    code: str
    thing: str
    label: str
    means: str
    state: str
    is_on: bool


def switch_rows(switches: Iterable[Switch]) -> list[SwitchRow]:
    """Return the switches in words."""
    return [
        SwitchRow(
            recipient=each.recipient.name,
            code=each.recipient.code,
            thing=each.thing.value,
            label=each.thing.label,
            means=_MEANS[each.thing].format(name=each.recipient.name),
            state="Off" if each.since is None else f"On since {day(each.since)}",
            is_on=each.since is not None,
        )
        for each in switches
    ]


def history_rows(history: Iterable[Sharing]) -> Sequence[tuple[str, str, str, str]]:
    """Return what was shared, with whom, from when and until when."""
    return [
        (
            each.get_thing_display(),
            _name(each.recipient),
            day(each.starts_on),
            "still on" if each.ends_on is None else day(each.ends_on),
        )
        for each in history
    ]


def _name(organisation: Organisation) -> str:
    return f"{organisation.name} ({organisation.code})"
