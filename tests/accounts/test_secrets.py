"""Secrets in links and of programs."""

import pytest
from pytest_django import Settings

from accounts.secrets import digest, keyed_token, new_token


def test_a_token_is_long_new_each_time_and_can_be_found_where_it_was_lost() -> None:
    tokens = {new_token() for _ in range(50)}
    assert len(tokens) == 50
    assert all(token.startswith("rethub_") and len(token) == 50 for token in tokens)


@pytest.mark.parametrize(("purpose", "name"), [("other", "name"), ("purpose", "other")])
def test_a_link_of_one_thing_opens_no_other(purpose: str, name: str) -> None:
    assert keyed_token("purpose", "name") == keyed_token("purpose", "name")
    assert keyed_token(purpose, name) != keyed_token("purpose", "name")


def test_without_the_signing_key_no_link_can_be_made(settings: Settings) -> None:
    before = keyed_token("purpose", "name")
    settings.SECRET_KEY = "another key" * 9
    assert keyed_token("purpose", "name") != before


def test_what_is_stored_does_not_hold_the_token() -> None:
    token = new_token()
    assert len(digest(token)) == 64
    assert token not in digest(token)
