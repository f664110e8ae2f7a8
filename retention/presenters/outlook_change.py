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
    return [
        f"Since the figures of {change.then.month:%B %Y} the sessions expected to be lost within "
        f"{within(FLAG_YEARS)} went from {_text(before)} to {_text(after)}: {_signed(by_data)} as "
        f"the published figures differ, {_signed(by_table)} as the standard table differs, "
        f"{_signed(by_model)} as the model differs.",
        _data_sentence(change, by_data),
        _versions(change),
    ]


def _data_sentence(change: OutlookChange, by_data: int) -> str:
    by_sessions, by_ages = added_up([change.by_sessions, change.by_ages], by_data)
    return (
        f"Of the published figures' part, {_signed(by_sessions)} comes from more or fewer sessions "
        f"and {_signed(by_ages)} from the ages behind them and from corrections."
    )


def _versions(change: OutlookChange) -> str:
    said = []
    for name, then, now in (
        ("standard table", change.then.table_version, change.now.table_version),
        ("model", change.then.model_version, change.now.model_version),
    ):
        if then == now:
            said.append(f"The {name} is the same, {now}.")
        else:
            said.append(f"The {name} was {then} and is now {now}.")
    return " ".join(said)


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
