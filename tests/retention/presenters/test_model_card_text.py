from retention.presenters.model_card_parts import Figure, Section
from retention.presenters.model_card_text import as_markdown
from retention.presenters.outlook import Table


def test_sections_become_headings_lists_and_tables() -> None:
    figure = Figure("id", "Caption", Table(["A", "B"], [["1", "2"]]))
    text = as_markdown((Section("Title", ("Words.",), ("One",), (figure,)),))
    assert text.endswith(
        "## Title\n\nWords.\n\n- One\n\n**Caption**\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n"
    )
