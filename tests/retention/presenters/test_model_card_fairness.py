"""The section on fairness says what there is: each run by itself, or nothing."""

import pytest

from models.evaluation.stored import stored_evaluations
from retention.presenters.model_card_fairness import fairness_charts, fairness_section

KEPT = stored_evaluations()


def test_without_a_run_there_is_no_section() -> None:
    assert fairness_section({}) == ()
    assert fairness_charts({}) == {}


@pytest.mark.parametrize(
    ("name", "figures", "words"),
    [
        ("hazard", ["ratios-1", "ratios-5"], "women (1.47"),
        ("roles", ["roles"], "a partner who becomes salaried"),
        ("fairness", ["deprivation", "simulated-groups"], "cannot be tried on people"),
    ],
)
def test_each_run_stands_by_itself(name: str, figures: list[str], words: str) -> None:
    (section,) = fairness_section({name: KEPT[name]})
    assert [figure.id for figure in section.figures] == figures
    assert words in " ".join(section.paragraphs)
    assert section.paragraphs[0].startswith("The limit for use:")
    assert set(fairness_charts({name: KEPT[name]})) == {f.chart for f in section.figures} - {""}


def test_made_up_hubs_are_called_made_up() -> None:
    (section,) = fairness_section({"fairness": KEPT["fairness"]})
    assert all("made-up hubs" in figure.title for figure in section.figures)
    assert any("do not use it to compare" in text for text in section.paragraphs)
