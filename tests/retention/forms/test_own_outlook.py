import pytest

from retention.forms.own_outlook import AssumptionsForm

GOOD = {
    "two_sessions_fewer_low": "0",
    "two_sessions_fewer_high": "20",
    "one_session_mentoring_low": "5",
    "one_session_mentoring_high": "5",
}


def test_ranges_come_out_by_name() -> None:
    assert AssumptionsForm(GOOD).effects == {
        "two_sessions_fewer": (0, 20),
        "one_session_mentoring": (5, 5),
    }


def test_a_form_that_was_not_sent_holds_the_stated_ranges_and_gives_none() -> None:
    form = AssumptionsForm(None)
    assert form.effects == {}
    assert form["two_sessions_fewer_high"].value() == 20


@pytest.mark.parametrize(
    "wrong", [{"two_sessions_fewer_low": "21"}, {"one_session_mentoring_low": "-1"}]
)
def test_what_is_no_range_is_refused(wrong: dict[str, str]) -> None:
    form = AssumptionsForm(GOOD | wrong)
    assert not form.is_valid()
    assert form.effects == {}
