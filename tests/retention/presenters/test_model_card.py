"""The model card says what the stored runs found, and what it must not be used for."""

from pathlib import Path

import pytest

from models.evaluation.backtest_result import METHOD as BACKTEST_METHOD
from models.standard_table import standard_table
from retention.presenters import model_card as card
from retention.presenters import trust
from retention.presenters.evaluation_charts import Dots
from retention.presenters.model_card import charts, model_card
from retention.presenters.model_card_parts import Figure, Section
from retention.presenters.model_card_text import as_markdown

DOCUMENT = Path(__file__).parents[3] / "docs" / "model-card.md"


def section(title: str) -> Section:
    return next(section for section in model_card() if section.title == title)


def figures() -> list[Figure]:
    return [figure for section in model_card() for figure in section.figures]


def test_the_document_is_what_the_page_says() -> None:
    assert DOCUMENT.read_text("utf-8") == as_markdown(model_card())


def test_women_fail_the_limit_for_use_and_the_card_says_so() -> None:
    fair = section("Is it fair")
    assert any("women (1.47 times as many left as expected)" in text for text in fair.paragraphs)
    rows = {row[0]: row for row in fair.figures[0].table.rows}
    assert rows["Women"][3:] == ["1.47", "1.27 to 1.70", "Fails: do not use"]
    assert rows["Everyone"][-1] == "Within"
    assert any("women" in text for text in section("What it must not be used for").bullets)


def test_it_says_where_a_rival_does_better() -> None:
    said = " ".join(section("What it is compared with, on published counts").paragraphs)
    assert "65+ at 5 years (no change)" in said
    assert "the interval at 5 years (no change)" in said


def test_every_chart_has_its_table_and_its_words() -> None:
    drawn = [figure for figure in figures() if figure.chart]
    assert {figure.chart for figure in drawn} == set(charts())
    assert all(figure.table.rows and figure.description for figure in drawn)
    for figure in figures():
        assert {len(row) for row in figure.table.rows} == {len(figure.table.headers)}


def test_charts_and_tables_hold_the_same_numbers() -> None:
    for figure in figures():
        chart = charts().get(figure.chart)
        if isinstance(chart, Dots):
            words = [words for *_, words in chart.rows]
            assert all(word in row for word, row in zip(words, figure.table.rows, strict=True))


def test_versions_are_those_in_force() -> None:
    rows = section("Data, tables and versions").figures[0].table.rows
    versions = {row[0]: row[1] for row in rows}
    assert versions["Standard table, Nurses"] == standard_table("nurses").version
    assert versions["Evaluation “backtest”"] == BACKTEST_METHOD


def test_the_law_is_the_one_in_force() -> None:
    said = " ".join(section("The law").paragraphs)
    assert "Articles 22A to 22D" in said
    assert "contest" in said


def test_a_part_that_was_never_run_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card, "evaluations", dict)
    monkeypatch.setattr(trust, "evaluations", dict)
    titles = [section.title for section in model_card()]
    assert "Is it fair" not in titles
    assert "What it must not be used for" in titles
    assert charts() == {}
    assert len(trust.trust_sentences()) == 2
