"""What moved a place's expected loss, in words whose tenths add up."""

from models.flags import FLAG_YEARS
from retention.presenters.outlook import within
from retention.queries.outlook_change import OutlookChange

_TENTHS = 10
MINUS = "\N{MINUS SIGN}"
_ALL_DATA = "All of it comes from the published figures"
_ONLY_DATA = "Only the published figures differ"


def change_sentences(change: OutlookChange) -> list[str]:
    """Return how the expected loss moved, and which parts data, table and model have in it."""
    before, after = tenths(change.before), tenths(change.after)
    by_data, by_table, by_model = added_up(
        [change.by_data, change.by_table, change.by_model], after - before
    )
    moved = _moved(change, before, after)
    by_sessions, by_ages = added_up([change.by_sessions, change.by_ages], by_data)
    data = (
        f"{signed_tenths(by_sessions)} from more or fewer sessions, {signed_tenths(by_ages)} from "
        "the ages behind them and from corrections"
    )
    then, now = change.then, change.now
    stayed = before == after
    if (then.table_version, then.model_version) == (now.table_version, now.model_version):
        return [
            moved,
            f"{_ONLY_DATA if stayed else _ALL_DATA}: {data}.",
            f"Standard table {now.table_version} and model {now.model_version} are the same.",
        ]
    return [
        moved,
        f"{'Yet' if stayed else 'Of this,'} {signed_tenths(by_data)} comes from the published "
        f"figures ({data}), {signed_tenths(by_table)} from the standard table "
        f"({_versions(then.table_version, now.table_version)}) and {signed_tenths(by_model)} from "
        f"the model ({_versions(then.model_version, now.model_version)}).",
    ]


def _moved(change: OutlookChange, before: int, after: int) -> str:
    since = f"Since the figures of {change.then.month:%B %Y} the sessions expected to be lost"
    if before == after:
        return f"{since} within {within(FLAG_YEARS)} have stayed at {_text(after)}."
    return (
        f"{since} within {within(FLAG_YEARS)} went from {_text(before)} to {_text(after)} "
        f"({signed_tenths(after - before)})."
    )


def _versions(then: str, now: str) -> str:
    return f"still {now}" if then == now else f"{then} before, {now} now"


def added_up(parts: list[float], total: int) -> list[int]:
    """Return parts in whole tenths that add up to `total` tenths.

    What rounding leaves over goes to the largest part, where it is noticed least.
    """
    whole = [tenths(part) for part in parts]
    largest = max(range(len(parts)), key=lambda index: abs(parts[index]))
    whole[largest] += total - sum(whole)
    return whole


def tenths(value: float) -> int:
    """Return a number in whole tenths."""
    return round(value * _TENTHS)


def _text(value: int) -> str:
    return f"{value / _TENTHS:,.1f}"


def signed_tenths(value: int) -> str:
    """Return tenths with their sign; nought has none."""
    if not value:
        return "0.0"
    return ("+" if value > 0 else MINUS) + _text(abs(value))
