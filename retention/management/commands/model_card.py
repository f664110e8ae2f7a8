"""Prints the model card as docs/model-card.md holds it."""

from typing import Any

from django.core.management.base import BaseCommand

from retention.presenters.model_card import model_card
from retention.presenters.model_card_text import as_markdown


class Command(BaseCommand):
    help = "Print the model card as Markdown, from the stored figures of the evaluations."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(as_markdown(model_card()), ending="")
