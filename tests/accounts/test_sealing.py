"""What is sealed comes back to its owner alone, across a change of keys."""

import pytest
from pytest_django import Settings

from accounts.sealing import SealError, digest, seal, unseal


def test_what_is_sealed_comes_back() -> None:
    assert unseal(seal("Dr Zoë Fictional – never")) == "Dr Zoë Fictional – never"


def test_sealed_bytes_do_not_tell_equal_texts() -> None:
    assert seal("the same") != seal("the same")
    assert b"the same" not in seal("the same")


def test_a_newer_key_opens_old_seals_and_keeps_digests(settings: Settings) -> None:
    sealed, before = seal("kept"), digest("a@example.org", "never")
    settings.PLAN_KEYS = ["a newer key", *settings.PLAN_KEYS]
    assert unseal(sealed) == "kept"
    assert digest("a@example.org", "never") == before


def test_a_lost_key_is_said(settings: Settings) -> None:
    sealed = seal("lost")
    settings.PLAN_KEYS = ["another key"]
    with pytest.raises(SealError, match="PLAN_KEYS"):
        unseal(sealed)


def test_bytes_from_a_database_unseal() -> None:
    assert unseal(memoryview(seal("from a row"))) == "from a row"


def test_digest_depends_on_key_and_purpose(settings: Settings) -> None:
    first = digest("a@example.org", "never")
    assert len(first) == 64
    assert first != digest("a@example.org", "other")
    settings.PLAN_KEYS = ["another key"]
    assert first != digest("a@example.org", "never")
