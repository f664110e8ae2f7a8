"""Compares figures that a release prints about places with the record, and stores what differs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models

from organisations.models.organisation import Kind, Organisation
from retention.actions.import_report import FileReport, Outcome
from retention.actions.practice_map import BATCH, refuse_other_kind
from retention.imports.results import counted, shortened
from retention.models.published_count import PublishedRelease

Record = TypeVar("Record", bound=models.Model)
# A month (its first day) or a year.
Period = TypeVar("Period")
Fields = Mapping[str, object]


@dataclass(frozen=True)
class FiguresOf(Generic[Record, Period]):
    """One kind of figures: `place` and `period` are the fields that tell one row from another.

    Figures are given by (code of the place, period), as the values of the other fields.
    """

    model: type[Record]
    kind: Kind
    place: str
    period: str

    def outcomes(
        self, said: Mapping[tuple[str, Period], Fields]
    ) -> dict[tuple[str, Period], Outcome]:
        """Say of each figure what it does to the record."""
        if not said:
            return {}
        fields = list(next(iter(said.values())))
        stored = self.model._default_manager.filter(
            **{f"{self.period}__in": {period for _, period in said}}
        )
        known = {
            (code, period): dict(zip(fields, values, strict=True))
            for code, period, *values in stored.values_list(
                f"{self.place}__code", self.period, *fields
            )
        }
        return {key: outcome_of(known.get(key), figures) for key, figures in said.items()}

    def store(
        self,
        said: Mapping[tuple[str, Period], Fields],
        changed: Collection[tuple[str, Period]],
        names: Mapping[str, str],
        report: FileReport,
        release: PublishedRelease | None,
    ) -> None:
        """Write the `changed` figures of a release; nothing where there are none, or no release.

        `names` are the printed names of every place that the file has, by code.
        """
        if not changed or release is None:
            return
        release.save()
        places = places_by_code(names, self.kind, report)
        self.model._default_manager.bulk_create(
            [
                self.model(
                    **{f"{self.place}_id": places[code], self.period: period},
                    **said[code, period],
                    release=release,
                )
                for code, period in changed
            ],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=[self.place, self.period],
            update_fields=[*next(iter(said.values())), "release"],
        )


def outcome_of(known: object, said: object) -> Outcome:
    """Say what figures do to those that the record holds (None if it holds none)."""
    if known is None:
        return "created"
    return "unchanged" if known == said else "changed"


def differing(outcomes: Mapping[tuple[str, Period], Outcome]) -> list[tuple[str, Period]]:
    """Return the keys of the figures that the record lacks or holds otherwise."""
    return [key for key, outcome in outcomes.items() if outcome != "unchanged"]


_ONE_AND_SEVERAL = {
    Kind.PRACTICE: ("practice", "practices"),
    Kind.NETWORK: ("network", "networks"),
    Kind.SUB_ICB: ("sub-ICB", "sub-ICBs"),
}


def places_by_code(names: Mapping[str, str], kind: Kind, report: FileReport) -> dict[str, int]:
    """Return keys by code; a place that the record lacks is added by its code and printed name.

    Raises Refused for a code of another kind of place.
    """
    kinds = dict(Organisation.objects.values_list("code", "kind"))
    for code in names:
        refuse_other_kind(code, kind, kinds.get(code))
    missing = sorted(set(names) - set(kinds))
    if missing:
        Organisation.objects.bulk_create(
            [Organisation(code=code, kind=kind, name=names[code]) for code in missing],
            batch_size=BATCH,
        )
        places = counted(len(missing), *_ONE_AND_SEVERAL[kind])
        report.warnings.append(
            "Added without an area, since the record lacked them: "
            f"{places} ({shortened(missing)}). A practice map puts them in place."
        )
    known = dict(Organisation.objects.values_list("code", "pk"))
    return {code: known[code] for code in names}


# FTE is printed to nine decimals; the sum of several posts is kept to six.
DECIMALS = 6
Counts = list[list[str | int | float | None]]


def count_lines(lines: Iterable[tuple[tuple[str, ...], float | None]]) -> Counts:
    """Count lines of people, given as (what they are counted by, FTE), in a fixed order.

    Each entry is what the lines share, how many they are, and their FTE: None where one is not
    known, since a sum of the others would look complete.
    """
    found: dict[tuple[str, ...], list[float | None]] = {}
    for who, fte in lines:
        found.setdefault(who, []).append(fte)
    # In a fixed order: what is compared with the record must not hang on the order of a file.
    return [[*who, len(times), _sum_of_known(times)] for who, times in sorted(found.items())]


def lines_in(counts: Counts) -> int:
    """Return how many lines were counted."""
    return sum(int(entry[-2] or 0) for entry in counts)


def _sum_of_known(times: Collection[float | None]) -> float | None:
    known = [fte for fte in times if fte is not None]
    return round(sum(known), DECIMALS) if len(known) == len(times) else None
