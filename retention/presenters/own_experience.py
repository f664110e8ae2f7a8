"""A hub's own leavers in words and tables: how they compare with the table, and would weigh."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.credibility import STATED_K
from models.disclosure import COUNT_FROM, Band
from models.own_experience import Experience, Span
from retention.presenters.outlook import Table, number, percent, plural
from retention.presenters.outlook_sheets import table_sheet
from retention.presenters.page_sections import OWN_LEAVERS
from retention.presenters.session_grid import date_words
from retention.presenters.spreadsheets import Sheet
from retention.queries.own_experience import GroupExperience, OwnExperience, Stretch

TITLE = OWN_LEAVERS.title
ABOUT = (
    "Every outlook here takes its chances of leaving from England's standard table alone. What a"
    " place's own record would weigh against the table is Z = E/(E + K): E is how many leavers the"
    f" table expects of the people and years in the record, and K = {STATED_K:.0f} states how far"
    " places are taken to differ from the table. It cannot be estimated yet."
)
NOT_USED = (
    "No outlook uses it. One that was fitted to your record would depend, in each place, on people"
    " of other places, and nobody could be sure that it tells of nobody."
)
_NETWORK = (
    "Leavers are counted for a training hub's area alone: in a network they are too few to be told."
)
_NOTHING = (
    "Nothing is told of your own leavers yet. Once a quarter it is looked whether enough people"
    " have left general practice, by retiring or otherwise, in a year or longer: in three practices"
    f" that share, and {COUNT_FROM} of them whichever practice is left out. What is missing is not"
    " said: that could tell of single people."
)
_MEASURES = ("All leaving", "Retirement alone")


@dataclass(frozen=True)
class GroupView:
    """A staff group whose own leavers were let out; `stretches` where they were told in parts."""

    group: str
    name: str
    sentences: tuple[str, ...]
    table: Table
    stretches: Table | None


@dataclass(frozen=True)
class ExperienceView:
    """What is told of a place's own leavers; without groups `nothing` says why."""

    groups: tuple[GroupView, ...]
    weights: Table | None
    nothing: str
    is_counted: bool
    title: str = TITLE
    about: str = ABOUT
    not_used: str = NOT_USED


def experience_view(found: OwnExperience) -> ExperienceView:
    """Return what a place's page tells of its own leavers."""
    groups = tuple(view for each in found.groups if (view := _group(each)))
    nothing = "" if groups else _NOTHING if found.is_counted else _NETWORK
    return ExperienceView(groups, _weights(found.groups), nothing, found.is_counted)


def experience_sheets(view: ExperienceView) -> list[Sheet]:
    """Return every table of a view, with its sentences."""
    said = [[text] for text in (view.about, view.not_used, view.nothing) if text]
    said += [[text] for group in view.groups for text in group.sentences]
    sheets = [Sheet("own-said", TITLE, ["In words"], said)]
    for group in view.groups:
        sheets.append(
            table_sheet(f"own-{group.group}", f"{group.name}: {TITLE.lower()}", group.table)
        )
        if group.stretches:
            title = f"{group.name}: when it was told"
            sheets.append(table_sheet(f"own-{group.group}-months", title, group.stretches))
    if view.weights:
        sheets.append(table_sheet("own-weights", "What a whole record would weigh", view.weights))
    return sheets


def _group(found: GroupExperience) -> GroupView | None:
    together = found.together
    if together is None:
        return None
    return GroupView(
        group=found.staff_group,
        name=found.staff_group.label,
        sentences=(
            _compared(found.stretches, together),
            _weighed(together),
            _left_out(found.stretches),
        ),
        table=_table(together, found.retired),
        stretches=_stretches(found.stretches) if len(found.stretches) > 1 else None,
    )


def _compared(stretches: Sequence[Stretch], together: Experience) -> str:
    years = Span(
        sum(each.person_years.low for each in stretches),
        sum(each.person_years.high for each in stretches),
    )
    return (
        f"From {date_words(stretches[0].since)} to {date_words(stretches[-1].until)} practices that"
        f" share recorded {whole(together.actual)} people who retired or left general practice, in"
        f" {whole(years)} person-years. The standard table expects {whole(together.expected)}. That"
        f" is {times(together.ratio)} the table's, and {times(together.ratio95)} once chance is"
        " allowed for (95% interval)."
    )


def _weighed(together: Experience) -> str:
    table = Span(1 - together.z.high, 1 - together.z.low)
    return (
        f"Your own record would carry {shares(together.z)} of the weight, the table"
        f" {shares(table)}. Both together would put leaving at {times(together.blended)} the"
        " table's."
    )


def _left_out(stretches: Sequence[Stretch]) -> str:
    counts = [each.unexplained for each in stretches]
    told = [count for count in counts if isinstance(count, Band)]
    many = ""
    # Told only where every stretch tells its own: else the sum would read as all of them.
    if len(told) == len(counts):
        all_of_them = Span(sum(count.low for count in told), sum(count.high for count in told))
        many = f" ({whole(all_of_them)} people)"
    return (
        "Who moved to another post is not among them, nor is anybody whose record does not say"
        f" where they went{many}: with those the ratio would be higher."
    )


def _table(together: Experience, retired: Experience | None) -> Table:
    headers = [
        "Leaving",
        "Recorded",
        "Expected by the table",
        "Recorded for each expected",
        "With chance (95%)",
        "Weight of the own record",
        "Both together, times the table",
    ]
    rows = [
        # The whole row is a star: one cell of it would give the others away.
        [name, *(_row(found) if found else ["*"] * 6)]
        for name, found in zip(_MEASURES, (together, retired), strict=True)
    ]
    return Table(headers, rows)


def _row(found: Experience) -> list[str]:
    return [
        whole(found.actual),
        whole(found.expected),
        decimals(found.ratio),
        decimals(found.ratio95),
        shares(found.z),
        decimals(found.blended),
    ]


def _stretches(stretches: Sequence[Stretch]) -> Table:
    return Table(
        ["From", "Until", "Person-years", "Left", "Of them retired", "Expected by the table"],
        [
            [
                date_words(each.since),
                date_words(each.until),
                whole(each.person_years),
                str(each.leavers),
                str(each.retired),
                whole(each.expected),
            ]
            for each in stretches
        ],
    )


def _weights(groups: Sequence[GroupExperience]) -> Table | None:
    known = [group for group in groups if group.weights and group.yearly_expected]
    if not known:
        return None
    years = [plural(weight.years, "year") for weight in known[0].weights]
    return Table(
        ["Staff group", "Leavers expected a year", *(f"Weight after {each}" for each in years)],
        [
            [
                group.staff_group.label,
                number(group.yearly_expected),
                *(percent(weight.z) for weight in group.weights),
            ]
            for group in known
        ],
    )


def whole(span: Span) -> str:
    """Return a range of whole numbers, or one number where both ends are the same."""
    low, high = number(span.low), number(span.high)
    return low if low == high else f"{low} to {high}"


def decimals(span: Span) -> str:
    """Return a range of factors, to a tenth."""
    low, high = f"{span.low:.1f}", f"{span.high:.1f}"
    return low if low == high else f"{low} to {high}"


def times(span: Span) -> str:
    """Return a range of factors with the word."""
    return f"{decimals(span)} times"


def shares(span: Span) -> str:
    """Return a range of shares, in per cent."""
    low, high = percent(span.low), percent(span.high)
    return low if low == high else f"{low} to {high}"
