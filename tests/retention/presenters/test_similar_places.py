import datetime as dt
from dataclasses import replace

import pytest

from models.similar_places import UsualRange, WholeRange
from organisations.models.organisation import Kind
from retention.presenters.similar_places import (
    ALL_OF_THEM,
    HOW,
    HOW_WITHOUT_RURALITY,
    NO_LEAGUE,
    NO_SHARE,
    SEE_PRACTICES,
    similar_section,
)
from retention.queries.public_outlook import OutlookHorizon, PublicOutlook
from retention.queries.similar_places import Beside, Measure, Others, Similar

SIMILAR = Similar(
    places=20,
    list_sizes=(8_900.0, 9_800.0),
    scores=(18.04, 22.96),
    rural=None,
    older=Measure(0.5, UsualRange(0.1, 0.2, 0.4, 20)),
    per_session=Measure(204.0, UsualRange(180, 200, 260, 20)),
    lost=Measure(0.3, UsualRange(0.15, 0.2, 0.25, 18)),
)


def outlook(low: float, expected: float, high: float) -> PublicOutlook:
    """An outlook of 100 sessions, of which so many are lost within five years."""
    horizon = OutlookHorizon(
        years=5,
        expected=expected,
        low80=low,
        high80=high,
        headcount_expected=1,
        headcount_low80=0,
        headcount_high80=2,
        retirement_expected=0,
        retirement_low80=0,
        retirement_high80=0,
        chances=(),
    )
    return PublicOutlook(
        place="U1",
        as_at=dt.date(2026, 6, 30),
        staff_group="gp",
        table_version="v",
        model_version="v",
        people=7,
        age_not_known=0,
        practices=1,
        practices_not_known=0,
        sessions_now=100,
        horizons={5: horizon},
    )


def test_who_it_is_compared_with_and_how_that_is_defined() -> None:
    found = similar_section(Kind.PRACTICE, SIMILAR, None)
    assert found.said == (
        "Compared with the 20 practices most like it: lists of 8,900 to 9,800 patients, "
        "deprivation scores of 18.0 to 23.0."
    )
    assert found.notes == (HOW_WITHOUT_RURALITY, NO_LEAGUE)
    assert "20 networks" in similar_section(Kind.NETWORK, SIMILAR, None).said


@pytest.mark.parametrize(
    ("kind", "rural", "said"),
    [
        (Kind.PRACTICE, (1, 1), ", all of them rural."),
        (Kind.PRACTICE, (0, 0), ", all of them urban."),
        (Kind.PRACTICE, (0, 1), ", some rural and some urban."),
        (Kind.NETWORK, (0.1, 0.3), ", 10% to 30% of their patients with a rural practice."),
        (Kind.NETWORK, (0, 0.001), ", 0% of their patients with a rural practice."),
    ],
)
def test_how_rural_they_are_is_told_where_it_had_a_part(
    kind: Kind, rural: tuple[float, float], said: str
) -> None:
    found = similar_section(kind, replace(SIMILAR, rural=rural), None)
    assert found.said.endswith(said)
    assert found.notes == (HOW, NO_LEAGUE)


def test_who_may_not_see_the_outlook_reads_what_is_published_alone() -> None:
    found = similar_section(Kind.PRACTICE, SIMILAR, None).table
    assert found
    assert found.rows == [
        ["GPs aged 55 and over", "50%", "10% to 40%", "20%", "Higher than most"],
        [
            "Patients for each estimated session",
            "204",
            "180 to 260",
            "200",
            "Within the usual range",
        ],
    ]


@pytest.mark.parametrize(
    ("losses", "lies"),
    [
        ((26, 30, 40), "Higher than most"),
        ((25, 30, 40), "Within the usual range"),
        ((5, 10, 14), "Lower than most"),
        ((5, 10, 15), "Within the usual range"),
    ],
)
def test_a_loss_is_told_apart_by_its_whole_interval(
    losses: tuple[float, float, float], lies: str
) -> None:
    found = similar_section(Kind.PRACTICE, SIMILAR, outlook(*losses)).table
    assert found
    low, expected, high = losses
    assert found.rows[2] == [
        "Share of sessions expected to be lost within 5\N{NO-BREAK SPACE}years",
        f"{expected}% ({low}% to {high}%)",
        "15% to 25%",
        "20%",
        lies,
    ]


def test_what_is_not_known_is_said() -> None:
    bare = replace(
        SIMILAR,
        older=Measure(None, SIMILAR.older.usual),
        per_session=Measure(3, None),
        lost=Measure(None, None),
    )
    section = similar_section(Kind.PRACTICE, bare, outlook(1, 2, 3))
    assert section.notes[-1] == NO_SHARE
    found = section.table
    assert found
    assert found.rows[0][1:] == ["Not known", "10% to 40%", "20%", ""]
    assert found.rows[1][1:] == ["3", "Too few known", "", ""]
    assert found.rows[2][2:] == ["Too few known", "", ""]


def test_no_comparison_is_said_plainly() -> None:
    found = similar_section(Kind.NETWORK, None, None)
    assert found.table is None
    assert found.notes == ()
    assert found.said.endswith("or of at least 10 other networks, is not loaded.")


@pytest.mark.parametrize(
    ("kind", "notes"),
    [(Kind.NETWORK, (ALL_OF_THEM, SEE_PRACTICES)), (Kind.PRACTICE, (ALL_OF_THEM,))],
)
def test_a_few_others_are_shown_without_a_judgement(kind: Kind, notes: tuple[str, ...]) -> None:
    others = Others(
        places=7,
        older=Beside(0.4, WholeRange(0.1, 0.2, 0.3, 7)),
        per_session=Beside(204.0, None),
    )
    # The outlook changes nothing: what may be lost is not compared among so few.
    found = similar_section(kind, others, outlook(1, 2, 3))
    assert found.said.startswith("Only 7 other ")
    assert found.table
    assert found.table.rows == [
        ["GPs aged 55 and over", "40%", "10% to 30%", "20%"],
        ["Patients for each estimated session", "204", "Too few known", ""],
    ]
    assert {len(row) for row in found.table.rows} == {len(found.table.headers)}
    assert found.notes == notes
