"""What changes in a post of one's own: only what fits the post is asked."""

from retention.forms.post_changes import PostChangeForm
from retention.models.post_change import Change

ON = {"version": "0", "starts_on": "2027-04-01"}


def test_a_leave_can_have_its_first_day_back() -> None:
    choices = [Change.RETIRED, Change.PARENTAL]
    form = PostChangeForm({**ON, "change": "parental", "back_on": "2027-09-01"}, choices=choices)
    assert form.is_valid()
    assert "change" in PostChangeForm({**ON, "change": "back"}, choices=choices).errors
    assert "change" in PostChangeForm({**ON, "change": "sick"}, choices=choices).errors


def test_who_is_away_is_asked_for_the_day_back_alone() -> None:
    form = PostChangeForm(choices=[Change.BACK])
    assert "back_on" not in form.fields
    assert form.fields["starts_on"].help_text == "Your first day back."
