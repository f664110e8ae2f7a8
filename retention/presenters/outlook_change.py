"""What moved a place's expected loss, in words whose tenths add up."""

from models.flags import FLAG_YEARS
from retention.presenters.outlook import within
from retention.queries.outlook_change import OutlookChange

_TENTHS = 10
MINUS = "\N{MINUS SIGN}"


def change_sentences(change: OutlookChange) -> list[str]:
    """Return how the expected loss moved, and which parts data, table and model have in it."""
    before, after = _tenths(change.before), _tenths(change.after)
    by_data, by_table, by_model = added_up(
        [change.by_data, change.by_table, change.by_model], after - before
    )
    moved = (
        f"Since the figures of {change.then.month:%B %Y} the sessions expected to be lost within "
        f"{within(FLAG_YEARS)} went from {_text(before)} to {_text(after)} "
        f"({_signed(after - before)})."
    )
    by_sessions, by_ages = added_up([change.by_sessions, change.by_ages], by_data)
    data = (
        f"{_signed(by_sessions)} from more or fewer sessions, {_signed(by_ages)} from the ages "
        "behind them and from corrections"
    )
    then, now = change.then, change.now
    if (then.table_version, then.model_version) == (now.table_version, now.model_version):
        return [
            moved,
            f"All of it comes from the published figures: {data}.",
            f"Standard table {now.table_version} and model {now.model_version} are the same.",
        ]
    return [
        moved,
        f"Of this, {_signed(by_data)} comes from the published figures ({data}), "
        f"{_signed(by_table)} from the standard table "
        f"({_versions(then.table_version, now.table_version)}) and {_signed(by_model)} from the "
        f"model ({_versions(then.model_version, now.model_version)}).",
    ]


def _versions(then: str, now: str) -> str:
    return f"still {now}" if then == now else f"{then} before, {now} now"


def added_up(parts: list[float], total: int) -> list[int]:
    """Return parts in whole tenths that add up to `total` tenths.

    What rounding leaves over goes to the largest part, where it is noticed least.
    """
    whole = [_tenths(part) for part in parts]
    largest = max(range(len(parts)), key=lambda index: abs(parts[index]))
    whole[largest] += total - sum(whole)
    return whole


def _tenths(value: float) -> int:
    return round(value * _TENTHS)


def _text(tenths: int) -> str:
    return f"{tenths / _TENTHS:,.1f}"


def _signed(tenths: int) -> str:
    if not tenths:
        return "0.0"
    return ("+" if tenths > 0 else MINUS) + _text(abs(tenths))
