"""The collector rests while a file is loaded, and is at work again whatever happened."""

import gc

import pytest

from retention.actions.at_rest import collector_at_rest


def test_it_rests_inside_and_works_after() -> None:
    assert gc.isenabled()
    with collector_at_rest():
        assert not gc.isenabled()
        with collector_at_rest():
            assert not gc.isenabled()
        # The inner one found it at rest, and leaves it so.
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_fault_leaves_it_at_work() -> None:
    with pytest.raises(ValueError, match="disk"), collector_at_rest():
        raise ValueError("disk full")
    assert gc.isenabled()


def test_who_had_it_at_rest_keeps_it_so() -> None:
    gc.disable()
    try:
        with collector_at_rest():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
