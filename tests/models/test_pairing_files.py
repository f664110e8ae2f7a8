"""Pairing on plain files: what is read, what is refused and how, what is written."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.pairing import flow
from models.pairing_files import PairFilesError, PairFilesResult, pair_files

SCORES = "trainee,mentor,score\nt2,m1,70\nt1,m1,90\nt1,m2,10\n"
CAPACITIES = "mentor,capacity\nm1,1\nm2,3\n"
PAIRS = b"trainee,mentor,score\nt1,m2,10\nt2,m1,70\n"


def run(
    folder: Path, scores: str | bytes = SCORES, capacities: str | bytes = CAPACITIES
) -> PairFilesResult:
    """Write both files, pair, and leave pairs.csv."""
    for name, text in (("scores.csv", scores), ("capacities.csv", capacities)):
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return pair_files(
        scores=folder / "scores.csv",
        capacities=folder / "capacities.csv",
        out=folder / "pairs.csv",
    )


def test_most_pairs_first_then_highest_total(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert (result["pairs"], result["total"], result["proved_optimal"]) == (2, 80, True)
    assert 0 < result["seconds"] < 60
    assert (tmp_path / "pairs.csv").read_bytes() == PAIRS


@pytest.mark.parametrize(
    ("scores", "capacities"),
    [
        (SCORES.replace("\n", "\r\n"), CAPACITIES.replace("\n", "\r\n")),
        ("\ufeff" + SCORES, "\ufeff" + CAPACITIES),
        (SCORES.rstrip("\n"), CAPACITIES + "\n\n"),
        (SCORES.replace(",", " , "), CAPACITIES.replace(",", ", ")),
        (SCORES.replace("90", '"+90"'), CAPACITIES.replace("m1", '"m1"')),
        (
            "score,note,mentor,trainee\n70,,m1,t2\n10,a,m2,t1\n90,b,m1,t1\n",
            "capacity,mentor\n3,m2\n1,m1\n9,m3\n",
        ),
    ],
    ids=["CRLF", "byte order mark", "last line", "spaces", "quotes", "other order and columns"],
)
def test_same_pairs_from_another_spelling(tmp_path: Path, scores: str, capacities: str) -> None:
    run(tmp_path, scores, capacities)
    assert (tmp_path / "pairs.csv").read_bytes() == PAIRS


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.dictionaries(
        st.tuples(st.sampled_from("abcde"), st.sampled_from("vwxyz")), st.integers(-1, 1)
    ),
    data=st.data(),
)
def test_order_of_lines_changes_no_byte(
    tmp_path: Path, pairs: dict[tuple[str, str], int], data: st.DataObject
) -> None:
    score_lines = [f"{trainee},{mentor},{score}\n" for (trainee, mentor), score in pairs.items()]
    capacity_lines = [f"{mentor},{place}\n" for place, mentor in enumerate("vwxyz")]
    written = set()
    for _ in range(2):
        run(
            tmp_path,
            "".join(["trainee,mentor,score\n", *data.draw(st.permutations(score_lines))]),
            "".join(["mentor,capacity\n", *data.draw(st.permutations(capacity_lines))]),
        )
        written.add((tmp_path / "pairs.csv").read_bytes())
    assert len(written) == 1


def test_header_alone_gives_no_pairs(tmp_path: Path) -> None:
    result = run(tmp_path, "trainee,mentor,score\n", "mentor,capacity\n")
    assert (result["pairs"], result["total"], result["proved_optimal"]) == (0, 0, True)
    assert (tmp_path / "pairs.csv").read_text() == "trainee,mentor,score\n"


def test_ids_are_text_and_sorted_as_text(tmp_path: Path) -> None:
    run(tmp_path, "trainee,mentor,score\n2,1,5\n10,1,5\n02,1,5\n", "mentor,capacity\n1,3\n")
    lines = (tmp_path / "pairs.csv").read_text().splitlines()
    assert lines == ["trainee,mentor,score", "02,1,5", "10,1,5", "2,1,5"]


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        ("", "scores.csv is empty: the first line must name the columns trainee, mentor, score"),
        ("\n", "scores.csv is empty"),
        ("trainee,mentor\nt1,m1\n", "scores.csv, line 1: no column score"),
        ("Trainee,mentor,score\nt1,m1,1\n", "scores.csv, line 1: no column trainee"),
        ("trainee,mentor,score,score\n", "scores.csv, line 1: column score twice"),
        (SCORES + "t3,m1,4.5\n", "scores.csv, line 5: score is '4.5'; it must be a whole number"),
        (SCORES + "t3,m1,1_0\n", "scores.csv, line 5: score is '1_0'"),
        (SCORES + "t3,m1,1000001\n", "scores.csv, line 5: score is '1000001'; .* to 1000000"),
        (SCORES + f"t3,m1,{'9' * 5000}\n", "scores.csv, line 5: score is '999"),
        (SCORES + "t3,m1,\n", "scores.csv, line 5: score is empty"),
        (SCORES + ",m1,1\n", "scores.csv, line 5: trainee is empty"),
        (SCORES + "t3,m1\n", "scores.csv, line 5: 2 values; the header has 3"),
        (SCORES + "t3,m1,1,2\n", "scores.csv, line 5: 4 values; the header has 3"),
        (SCORES + "t3,m9,1\n", "scores.csv, line 5: mentor m9 has no line among the capacities"),
        (SCORES + "t1,m1,90\n", "scores.csv, line 5: t1 and m1 have a score already"),
        (SCORES + '"t3,m1,1\n', "scores.csv, line 5: unexpected end of data"),
        (SCORES.encode() + b"t\xe9,m1,1\n", "scores.csv is not UTF-8 text"),
    ],
)
def test_scores_that_cannot_be_used(tmp_path: Path, scores: str | bytes, message: str) -> None:
    with pytest.raises(PairFilesError, match=message):
        run(tmp_path, scores=scores)
    assert not (tmp_path / "pairs.csv").exists()


@pytest.mark.parametrize(
    ("capacities", "message"),
    [
        ("", "capacities.csv is empty"),
        ("mentor,places\nm1,1\n", "capacities.csv, line 1: no column capacity"),
        (CAPACITIES + "m3,-1\n", "capacities.csv, line 4: capacity is '-1'; .* from 0 to 1000000"),
        (CAPACITIES + "m3,1.0\n", "capacities.csv, line 4: capacity is '1.0'"),
        (CAPACITIES + "m3,two\n", "capacities.csv, line 4: capacity is 'two'"),
        (CAPACITIES + "m1,1\n", "capacities.csv, line 4: mentor m1 has a capacity already"),
        (CAPACITIES + "m3\n", "capacities.csv, line 4: 1 values; the header has 2"),
    ],
)
def test_capacities_that_cannot_be_used(tmp_path: Path, capacities: str, message: str) -> None:
    with pytest.raises(PairFilesError, match=message):
        run(tmp_path, capacities=capacities)


def test_every_wrong_line_is_named_up_to_a_screenful(tmp_path: Path) -> None:
    with pytest.raises(PairFilesError) as caught:
        run(tmp_path, scores=SCORES + "t3,m1,x\n" * 25)
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("scores.csv, line 5:")
    assert lines[19].startswith("scores.csv, line 24:")
    assert lines[20:] == ["and 5 more."]


def test_scores_too_far_apart_to_solve_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "COST_LIMIT", 10)
    with pytest.raises(PairFilesError, match=r"scores.csv: The scores lie too far apart"):
        run(tmp_path)
    assert not (tmp_path / "pairs.csv").exists()


def test_missing_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "capacities.csv").write_text(CAPACITIES)
    with pytest.raises(PairFilesError, match=r"scores.csv cannot be read: No such file"):
        pair_files(
            scores=tmp_path / "scores.csv",
            capacities=tmp_path / "capacities.csv",
            out=tmp_path / "pairs.csv",
        )


def test_old_pairs_stand_when_the_new_ones_fail(tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text("old")
    with pytest.raises(PairFilesError):
        run(tmp_path, scores="")
    assert (tmp_path / "pairs.csv").read_text() == "old"


def test_nothing_is_left_beside_the_pairs(tmp_path: Path) -> None:
    run(tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["capacities.csv", "pairs.csv", "scores.csv"]


def test_a_folder_in_the_way_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").mkdir()
    with pytest.raises(PairFilesError, match=r"pairs.csv cannot be written: Is a directory"):
        run(tmp_path)
    assert not list(tmp_path.glob(".*"))


def test_an_input_file_is_not_overwritten(tmp_path: Path) -> None:
    scores = tmp_path / "scores.csv"
    scores.write_text(SCORES)
    with pytest.raises(PairFilesError, match="is an input file"):
        pair_files(scores=scores, capacities=tmp_path / "c.csv", out=tmp_path / "." / "scores.csv")
    assert scores.read_text() == SCORES
