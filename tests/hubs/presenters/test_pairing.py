"""Why this pair, why nobody, and how good the plan is."""

import datetime as dt

import pytest
from django.conf import settings
from django.utils import timezone

from hubs.models import LeftOut, PairingRun
from hubs.presenters.pairing import certificate, left_out_words, part_rows, run_state
from hubs.scores import score_parts
from tests.factories.hubs import PairFactory, PairingRunFactory


def test_each_part_has_its_points_and_its_reason() -> None:
    parts = score_parts(
        interests=["career", "teaching"],
        half_days=["0am"],
        km=41.0,
        same_profession=True,
        wants_same_profession=True,
    )
    assert part_rows(parts) == [
        ("250 of 350", "Interests in common: Career choices, Teaching and training"),
        ("100 of 250", "Half-days in common: Monday morning"),
        ("50 of 200", "About 41 km apart"),
        ("200 of 200", "Same profession, as wished"),
    ]


def test_nothing_in_common_is_said_plainly() -> None:
    parts = score_parts(
        interests=[], half_days=[], km=None, same_profession=False, wants_same_profession=True
    )
    assert [why for _, why in part_rows(parts)] == [
        "No interest in common",
        "No half-day in common: they would meet by phone or video at another time",
        "Distance not known: at least one gave no place",
        "Another profession than wished",
    ]


def test_neighbours_are_in_the_same_district() -> None:
    parts = score_parts(
        interests=[], half_days=[], km=0.0, same_profession=False, wants_same_profession=False
    )
    words = [why for _, why in part_rows(parts)]
    assert words[2:] == ["In the same postcode district", "No wish for the same profession"]


def without(**reasons: int) -> list[str]:
    return left_out_words(LeftOut(reasons={"half_days": 0, "distance": 0, **reasons}))


def test_why_nobody() -> None:
    assert without(mentors=0) == ["No mentor fits this scheme yet."]
    assert without(mentors=1, half_days=1) == [
        "No half-day in common with 1 of 1 mentor, and not both remote."
    ]
    assert without(mentors=15, half_days=4, distance=3) == [
        "No half-day in common with 4 of 15 mentors, and not both remote.",
        "Too far from 3 of 15 mentors, and not both remote.",
        "Of 8 of 15 mentors, none has a place left or could be paired with this mentee.",
    ]


def test_fewer_than_eight_in_reach_are_not_counted_nor_left_to_subtraction() -> None:
    few = without(mentors=14, half_days=4, distance=3)
    assert few == [
        "No half-day in common with some mentors, and not both remote.",
        "Too far from some mentors, and not both remote.",
        "Of the mentors in reach, none has a place left or could be paired with this mentee.",
    ]
    assert without(mentors=1) == few[2:]


def test_certificate_claims_only_what_is_proved() -> None:
    assert certificate(PairingRun(figures={"proved_optimal": True})).startswith("Proved best")
    assert certificate(PairingRun(figures={"proved_optimal": False})).startswith("Not proved")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "under_way", "words"),
    [
        ("waiting", True, "in a moment"),
        ("running", True, "worked out"),
        ("failed", False, "stopped"),
    ],
)
def test_a_run_that_is_not_done(state: str, under_way: bool, words: str) -> None:
    run = run_state(PairingRunFactory(state=state, figures={}))
    assert (run.under_way, run.done, run.figures) == (under_way, False, [])
    assert words in run.sentence


@pytest.mark.django_db
def test_a_failed_run_says_what_was_wrong() -> None:
    run = run_state(PairingRunFactory(state="failed", figures={"problem": "Too many."}))
    assert run.sentence == "Too many. Nothing was proposed."


@pytest.mark.django_db
def test_a_lost_run_stops_asking_again() -> None:
    run = PairingRunFactory(state="running", figures={})
    run.asked_at = timezone.now() - settings.TASK_LOST_AFTER - dt.timedelta(minutes=1)
    assert not run_state(run).under_way
    assert "Run the pairing again" in run_state(run).sentence


@pytest.mark.django_db
def test_a_done_run_has_figures_and_counts_what_waits() -> None:
    pair = PairFactory()
    PairFactory(run=pair.run, state="approved")
    state = run_state(pair.run)
    assert state.proposals == 1
    assert ("Pairs proposed", "1") in state.figures
