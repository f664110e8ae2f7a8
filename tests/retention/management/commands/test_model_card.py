import pytest
from django.core.management import call_command

from retention.presenters.model_card import model_card
from retention.presenters.model_card_text import as_markdown


def test_the_card_is_printed_whole(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("model_card")
    assert capsys.readouterr().out == as_markdown(model_card())
