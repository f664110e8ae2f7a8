"""A scheme in words, and what its budget pays for."""

from collections.abc import Iterable
from decimal import Decimal

from hubs.models import Scheme
from hubs.models.scheme import SchemeState

STATE_COLOURS = {SchemeState.DRAFT: "grey", SchemeState.OPEN: "green", SchemeState.CLOSED: "red"}


def pounds(amount: Decimal) -> str:
    """Return an amount as people write it: £28,900 or £76.92."""
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"


def rules(scheme: Scheme) -> list[str]:
    """Return one sentence for each rule that is switched on."""
    words = []
    if scheme.min_clinical_sessions is not None:
        fewest = f"{scheme.min_clinical_sessions.normalize():f}"
        words.append(f"At least {fewest} clinical {_s(fewest, 'session')} a week.")
    if scheme.licence_required:
        words.append("A licence to practise.")
    if scheme.performers_list_required:
        words.append("A place on the performers list.")
    if scheme.min_years_qualified is not None:
        words.append(
            f"At least {scheme.min_years_qualified} {_s(scheme.min_years_qualified, 'year')} since"
            f" qualification, because: {scheme.years_justification}"
        )
    return words or ["No rules: every mentor whom the hub recognises can take part."]


def _s(number: object, word: str) -> str:
    return word if str(number) == "1" else f"{word}s"


def budget_words(scheme: Scheme) -> str:
    """Return what the budget pays for, marked as arithmetic."""
    if not scheme.rate:
        return "No payment for a session is set, so the budget says nothing about sessions."
    # Whole sessions: a part of one cannot be worked or paid.
    sessions = int(scheme.budget // scheme.rate)
    hours = sessions * scheme.session_minutes // 60
    each = f"{sessions // scheme.places:,}" if sessions >= scheme.places else "not one"
    return (
        f"{pounds(scheme.budget)} at {pounds(scheme.rate)} a session pays for {sessions:,}"
        f" {_s(sessions, 'session')} ({hours:,} {_s(hours, 'hour')}): {each} for each of"
        f" {scheme.places:,} {_s(scheme.places, 'place')}. This is arithmetic, not a forecast."
    )


def scheme_rows(scheme: Scheme) -> list[tuple[str, str]]:
    """Return a scheme's facts for a summary list."""
    # It is the mentees' area: a mentor of the hub need not work in it.
    area = "The whole hub" if scheme.area_id == scheme.hub_id else f"Mentees in {scheme.area}"
    paid = f"paid {pounds(scheme.rate)}" if scheme.rate else "no payment set"
    return [
        ("Purpose", scheme.purpose),
        ("Dates", f"{scheme.starts_on:%-d %B %Y} to {scheme.ends_on:%-d %B %Y}"),
        ("Who it is for", area),
        ("Rules for mentors", "\n".join(rules(scheme))),
        ("Session", f"{scheme.session_minutes} minutes, {paid}"),
        ("Places for mentees", f"{scheme.places:,}"),
        ("Budget", f"{pounds(scheme.budget)}\n{budget_words(scheme)}"),
    ]


def schemes_by_state(schemes: Iterable[Scheme]) -> list[tuple[SchemeState, list[Scheme]]]:
    """Return the schemes of each state that has any: open ones first, then drafts, then closed."""
    groups: dict[str, list[Scheme]] = {}
    for scheme in schemes:
        groups.setdefault(scheme.state, []).append(scheme)
    order = (SchemeState.OPEN, SchemeState.DRAFT, SchemeState.CLOSED)
    return [(state, groups[state]) for state in order if state in groups]
