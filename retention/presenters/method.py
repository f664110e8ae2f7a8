"""How the outlook is made, with the standard table as a table."""

from dataclasses import dataclass

from models.disclosure import PUBLIC_OUTLOOK_FROM
from models.flags import FLAG_RATIO, FLAG_YEARS
from models.outlook import MODEL_VERSION
from models.rate_spread import RATE_SPREAD_ALL, RATE_SPREAD_RETIREMENT
from models.standard_table import FIRST_AGE, StandardTable
from retention.presenters.outlook import Table, percent


@dataclass(frozen=True)
class MethodPage:
    """The words and numbers of the method page that code decides."""

    version: str
    model_version: str
    window: str
    is_constructed: bool
    sources: tuple[str, ...]
    table: Table
    practice_from: int
    flag_ratio: float
    flag_years: int
    spread_all: str
    spread_retirement: str


def method_page(table: StandardTable) -> MethodPage:
    """Return the method page of the table in force."""
    rows = [
        [_age(index, len(table.basis)), _chance(retire), _chance(otherwise), basis.capitalize()]
        for index, (retire, otherwise, basis) in enumerate(
            zip(table.retire, table.leave_otherwise, table.basis, strict=True)
        )
    ]
    return MethodPage(
        version=table.version,
        model_version=MODEL_VERSION,
        window=table.window,
        is_constructed=table.constructed,
        sources=table.sources,
        table=Table(["Age", "Retire in a year", "Leave otherwise in a year", "Rests on"], rows),
        practice_from=PUBLIC_OUTLOOK_FROM,
        flag_ratio=FLAG_RATIO,
        flag_years=FLAG_YEARS,
        spread_all=percent(RATE_SPREAD_ALL),
        spread_retirement=percent(RATE_SPREAD_RETIREMENT),
    )


def _age(index: int, ages: int) -> str:
    age = str(FIRST_AGE + index)
    return f"{age} and over" if index == ages - 1 else age


def _chance(value: float) -> str:
    """Return a yearly chance as the table holds it: these numbers are inputs, not results."""
    return f"{value * 100:.1f}%"
