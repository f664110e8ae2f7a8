"""The model card as Markdown, for docs/model-card.md."""

from retention.presenters.model_card_parts import Section
from retention.presenters.outlook import Table


def as_markdown(sections: tuple[Section, ...]) -> str:
    """Return the card as docs/model-card.md holds it: charts as their tables."""
    lines = ["# Model card and evaluation", "", "Made by `manage.py model_card`; not by hand."]
    for section in sections:
        lines += ["", f"## {section.title}"]
        for text in section.paragraphs:
            lines += ["", text]
        if section.bullets:
            lines += ["", *(f"- {text}" for text in section.bullets)]
        for figure in section.figures:
            lines += ["", f"**{figure.title}**", "", *_markdown_table(figure.table)]
    return "\n".join(lines) + "\n"


def _markdown_table(table: Table) -> list[str]:
    rows = [table.headers, ["---"] * len(table.headers), *table.rows]
    return [f"| {' | '.join(row)} |" for row in rows]
