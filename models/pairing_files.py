"""Pairing on plain files: scores and capacities in, pairs out.

scores.csv has the columns trainee, mentor, score; capacities.csv has mentor, capacity. Columns may
stand in any order, others are left unread; spaces round a value are dropped; a byte order mark and
either kind of line end are accepted. The result is written whole or not at all.
"""

import csv
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

from models.pairing import Pairing, PairingError, pairing_problem, solve
from models.pairing.problem import SCORE_LIMIT

# Beyond it nobody reads on; the count is given.
PROBLEMS_SHOWN = 20
CAPACITY_LIMIT = 1_000_000
# No more digits than any limit has: int() of a million of them takes seconds.
WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,15}")


class PairFilesResult(TypedDict):
    """Number of pairs, sum of their scores, seconds of the solver, whether the plan is proved."""

    pairs: int
    total: int
    seconds: float
    proved_optimal: bool


class PairFilesError(ValueError):
    """A file cannot be used; the message has a line for each problem, with file and line number."""


class _Problems:
    """What is wrong with one file, in the order it was found."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: list[str] = []

    def add(self, line: int, message: str) -> None:
        self.found.append(f"{self.path.name}, line {line}: {message}")

    def stop_if_any(self) -> None:
        """Raise PairFilesError if anything was found."""
        if self.found:
            shown = self.found[:PROBLEMS_SHOWN]
            if len(self.found) > len(shown):
                shown.append(f"and {len(self.found) - len(shown)} more.")
            raise PairFilesError("\n".join(shown))


def pair_files(*, scores: Path, capacities: Path, out: Path) -> PairFilesResult:
    """Pair most trainees, then for the highest total; write `trainee,mentor,score` by trainee.

    Raises PairFilesError for anything wrong with a file; then `out` is left as it was.
    """
    if out.resolve() in (scores.resolve(), capacities.resolve()):
        raise PairFilesError(f"{out} is an input file: name another file for the pairs.")
    places = _read_capacities(capacities)
    trainees, pairs = _read_scores(scores, places)
    positions = {mentor: j for j, mentor in enumerate(places)}
    try:
        problem = pairing_problem(
            mentees=list(trainees),
            mentors=list(places),
            places=list(places.values()),
            pair_mentee=[trainees[trainee] for trainee, _ in pairs],
            pair_mentor=[positions[mentor] for _, mentor in pairs],
            score=list(pairs.values()),
        )
        pairing = solve(problem)
    except PairingError as error:
        raise PairFilesError(f"{scores.name}: {error}") from error
    _write(pairing, out)
    return PairFilesResult(
        pairs=len(pairing.pairs),
        total=pairing.total,
        seconds=round(pairing.seconds["all"], 6),
        proved_optimal=pairing.proved_optimal,
    )


def _read_capacities(path: Path) -> dict[str, int]:
    """Places of each mentor."""
    problems = _Problems(path)
    places: dict[str, int] = {}
    for line, (mentor, text) in _rows(path, ("mentor", "capacity"), problems):
        capacity = _whole_number(text, 0, CAPACITY_LIMIT)
        if capacity is None:
            wanted = f"a whole number from 0 to {CAPACITY_LIMIT}"
            problems.add(line, f"capacity is {text!r}; it must be {wanted}.")
        elif mentor in places:
            problems.add(line, f"mentor {mentor} has a capacity already; keep one line.")
        else:
            places[mentor] = capacity
    problems.stop_if_any()
    return places


def _read_scores(
    path: Path, places: dict[str, int]
) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """The position of each trainee, and the score of each pair."""
    problems = _Problems(path)
    trainees: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    for line, (trainee, mentor, text) in _rows(path, ("trainee", "mentor", "score"), problems):
        score = _whole_number(text, -SCORE_LIMIT, SCORE_LIMIT)
        if score is None:
            wanted = f"a whole number from {-SCORE_LIMIT} to {SCORE_LIMIT}"
            problems.add(line, f"score is {text!r}; it must be {wanted}.")
        elif mentor not in places:
            problems.add(line, f"mentor {mentor} has no line among the capacities; add one.")
        elif (trainee, mentor) in pairs:
            problems.add(line, f"{trainee} and {mentor} have a score already; keep one line.")
        else:
            trainees.setdefault(trainee, len(trainees))
            pairs[trainee, mentor] = score
    problems.stop_if_any()
    return trainees, pairs


def _whole_number(text: str, low: int, high: int) -> int | None:
    number = int(text) if WHOLE_NUMBER.fullmatch(text) else None
    return number if number is not None and low <= number <= high else None


def _rows(
    path: Path, columns: tuple[str, ...], problems: _Problems
) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and the wanted cells of each row; rows out of shape become problems."""
    lines = _lines(path)
    _, header = next(lines, (0, []))
    wanted = _positions(path, header, columns)
    for line, cells in lines:
        if len(cells) != len(header):
            if cells:  # An empty line is no row.
                problems.add(line, f"{len(cells)} values; the header has {len(header)}.")
            continue
        row = [cells[at] for at in wanted]
        if all(row):
            yield line, row
        else:
            problems.add(line, f"{columns[row.index('')]} is empty; give a value.")


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and trimmed cells of each line; a broken file is an error in words."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            # Strict: a quote left open would else swallow the rest of the file.
            reader = csv.reader(file, strict=True)
            for cells in reader:
                yield reader.line_num, [cell.strip() for cell in cells]
    except UnicodeDecodeError as error:
        raise PairFilesError(f"{path.name} is not UTF-8 text: save it as CSV UTF-8.") from error
    except csv.Error as error:
        raise PairFilesError(f"{path.name}, line {reader.line_num}: {error}.") from error
    except OSError as error:
        raise PairFilesError(f"{path} cannot be read: {error.strerror}.") from error


def _positions(path: Path, header: list[str], columns: tuple[str, ...]) -> list[int]:
    need = f"the first line must name the columns {', '.join(columns)}"
    if not any(header):
        raise PairFilesError(f"{path.name} is empty: {need}.")
    missing = [name for name in columns if name not in header]
    if missing:
        raise PairFilesError(f"{path.name}, line 1: no column {', '.join(missing)}; {need}.")
    # Which of the two was meant cannot be known.
    twice = [name for name in columns if header.count(name) > 1]
    if twice:
        raise PairFilesError(f"{path.name}, line 1: column {', '.join(twice)} twice; {need} once.")
    return [header.index(name) for name in columns]


def _write(pairing: Pairing, out: Path) -> None:
    """Write beside the target, then rename: a reader sees the old file or the new one, whole."""
    # In the same folder, since a rename works within one file system only.
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        try:
            with beside.open("x", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(("trainee", "mentor", "score"))
                writer.writerows(pairing.pairs)
                file.flush()
                # Else a power cut could leave the new name with nothing behind it.
                os.fsync(file.fileno())
            beside.replace(out)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise PairFilesError(f"{out} cannot be written: {error.strerror}.") from error
