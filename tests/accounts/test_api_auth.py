"""The API's door: a token and nothing else, and so many requests a minute for each."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from accounts.api_auth import WINDOW_SECONDS, TokenAuth, TokenThrottle
from accounts.permissions import Permission
from tests.factories.accounts import actor
from tests.factories.organisations import PracticeFactory

NOON = dt.datetime(2026, 5, 4, 12, 0, 30, tzinfo=dt.UTC)
LIMIT = "API_REQUESTS_A_MINUTE"


@pytest.fixture(autouse=True)
def three_a_minute(settings: Settings) -> None:
    cache.clear()
    setattr(settings, LIMIT, 3)


def shown(token: str) -> HttpRequest:
    return RequestFactory().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})


def allowed(throttle: TokenThrottle, token: str, times: int) -> list[bool]:
    return [throttle.allow_request(shown(token)) for _ in range(times)]


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_a_token_has_so_many_requests_and_takes_none_of_anothers() -> None:
    throttle = TokenThrottle("all", LIMIT)
    assert allowed(throttle, "mine", 5) == [True, True, True, False, False]
    assert allowed(throttle, "yours", 1) == [True]
    # Heavy requests are counted apart, under their own limit.
    assert allowed(TokenThrottle("heavy", LIMIT), "mine", 1) == [True]


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_another_spelling_of_the_scheme_gives_no_more_requests() -> None:
    throttle = TokenThrottle("all", LIMIT)
    allowed(throttle, "mine", 3)
    request = RequestFactory().get("/api/v1/me", headers={"Authorization": "bEARER mine"})
    assert not throttle.allow_request(request)


@pytest.mark.django_db
def test_the_next_minute_begins_when_it_was_said() -> None:
    throttle = TokenThrottle("all", LIMIT)
    with time_machine.travel(NOON, tick=False) as clock:
        allowed(throttle, "mine", 4)
        wait = throttle.wait()
        assert wait == WINDOW_SECONDS - 30
        clock.shift(wait - 1)
        assert allowed(throttle, "mine", 1) == [False]
        clock.shift(1)
        assert allowed(throttle, "mine", 1) == [True]


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_the_cache_holds_no_token() -> None:
    """Whoever reads the cache's table must not be able to use the API."""
    kept: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "set", lambda key, value, timeout: kept.update({key: value}))
        allowed(TokenThrottle("all", LIMIT), "a-secret-token", 1)
    assert kept
    assert "a-secret-token" not in repr(kept)


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "unknown", "\x00", "x" * 5000])
def test_a_token_that_opens_nothing_is_nobody(token: str) -> None:
    request = RequestFactory().get("/api/v1/me")
    assert TokenAuth(needs=Permission.SEE_AUDIT).authenticate(request, token) is None
    assert not hasattr(request, "actor")


@pytest.mark.django_db
def test_what_an_operation_needs_is_asked_before_its_body_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by = actor("clinician", PracticeFactory())
    monkeypatch.setattr("accounts.api_auth.actor_with", lambda token: by)
    request = shown("mine")
    with pytest.raises(Http404):
        TokenAuth(needs=Permission.SEE_AUDIT).authenticate(request, "mine")
    assert TokenAuth().authenticate(request, "mine") is by
