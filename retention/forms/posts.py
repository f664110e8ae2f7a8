"""Forms of posts: where I work, whom a practice adds, why a post ends."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from accounts.models import User
from organisations.clock import today
from retention.actions.posts import TOO_FAR, furthest_day
from retention.models.person import Profession
from retention.models.post import DEFAULT_SESSION_MINUTES, REASONS_TO_CHOOSE, PostRole
from retention.queries.posts import first_day_at_hand

# No key of people_to_choose: those begin with "person:" or "user:".
NEW_PERSON = "new"
_PICK = ("", "Choose one")
_DATE_ERRORS = {"invalid": "Enter a date, such as 2026-04-01"}


class PostForm(forms.Form):
    """A role from a day, with the length of its session."""

    role = forms.ChoiceField(
        label="Role",
        choices=[_PICK, *PostRole.choices],
        error_messages={"required": "Select the role"},
    )
    starts_on = forms.DateField(
        label="First day in this role",
        widget=forms.DateInput,
        help_text="If you do not know the day, the first of the month will do.",
        error_messages={**_DATE_ERRORS, "required": "Enter the first day in this role"},
    )
    session_minutes = forms.IntegerField(
        label="Length of a session in minutes",
        initial=DEFAULT_SESSION_MINUTES,
        min_value=120,
        max_value=360,
        help_text="250 by the national contract: 4 hours 10 minutes.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter whole minutes from 120 to 360"
        ),
    )

    @property
    def values(self) -> dict[str, Any]:
        """What the actions of posts take."""
        return {name: self.cleaned_data[name] for name in ("role", "starts_on", "session_minutes")}


class AddPostForm(PostForm):
    """A practice's: for one of its people, or for someone who is not in the record yet."""

    mark_optional = False
    who = forms.ChoiceField(label="Who is it?", error_messages={"required": "Select who it is"})
    name = forms.CharField(
        label="Full name", max_length=120, required=False, help_text="Only for someone new."
    )
    profession = forms.ChoiceField(
        label="Profession",
        choices=[_PICK, *Profession.choices],
        required=False,
        help_text="Only for someone new.",
    )
    field_order = ("who", "name", "profession", "role", "starts_on", "session_minutes")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, people: Sequence[tuple[str, str]]
    ) -> None:
        # A practice without people yet is asked for its first one straight away.
        super().__init__(data, initial={} if people else {"who": NEW_PERSON})
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [_PICK, *people, (NEW_PERSON, "Someone new")]

    def clean(self) -> dict[str, Any]:
        """Ask for name and profession of someone new."""
        if self.cleaned_data.get("who") == NEW_PERSON:
            if not self.cleaned_data.get("name"):
                self.add_error("name", "Enter the full name of the new person")
            if not self.cleaned_data.get("profession"):
                self.add_error("profession", "Select the profession of the new person")
        return self.cleaned_data


class LinkPersonForm(forms.Form):
    """Which of the practice's registered staff someone is who was added by name."""

    user = forms.ChoiceField(
        label="Whose post is it?",
        help_text="Your staff who can sign in. It cannot be taken back here.",
        error_messages={"required": "Select whose post it is"},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, staff: Sequence[User]) -> None:
        super().__init__(data)
        # Whom the list does not name cannot be chosen by a forged value.
        self._by_key = {str(user.public_id): user for user in staff}
        field = self.fields["user"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [_PICK, *((key, user.name) for key, user in self._by_key.items())]

    @property
    def chosen(self) -> User:
        """The user that was selected."""
        return self._by_key[self.cleaned_data["user"]]


class EndPostForm(forms.Form):
    """The last day, and a reason from a list: never a text."""

    last_day = forms.DateField(
        label="Last day in this post",
        widget=forms.DateInput,
        error_messages={**_DATE_ERRORS, "required": "Enter the last day in this post"},
    )
    reason = forms.ChoiceField(
        label="Why does it end?",
        choices=[(reason.value, reason.label) for reason in REASONS_TO_CHOOSE],
        widget=forms.RadioSelect,
        error_messages={"required": "Select why the post ends"},
    )

    @property
    def ends_on(self) -> dt.date:
        """The first day without the post."""
        last_day: dt.date = self.cleaned_data["last_day"]
        return last_day + dt.timedelta(days=1)

    def clean_last_day(self) -> dt.date:
        """Refuse beside its field what the action would refuse, which knows only the day after."""
        last_day: dt.date = self.cleaned_data["last_day"]
        if last_day >= furthest_day():
            raise forms.ValidationError(TOO_FAR)
        return last_day


class FindPlaceForm(forms.Form):
    """Where do you work? Found by code, name or postcode."""

    find = forms.CharField(
        label="Name, code or postcode of the place where you work",
        max_length=80,
        min_length=2,
        strip=True,
        error_messages={"min_length": "Enter two letters or more"},
    )


class JointWeekForm(forms.Form):
    """The day for which a practice looks at its people's weeks."""

    on = forms.DateField(
        label="Show the week as it is on", widget=forms.DateInput, error_messages=_DATE_ERRORS
    )

    def clean_on(self) -> dt.date:
        """Refuse a day whose posts a practice has no reason to look at any more."""
        date: dt.date = self.cleaned_data["on"]
        first = first_day_at_hand(today())
        if date < first:
            raise forms.ValidationError(f"Enter a date from {first:%-d %B %Y} on")
        return date
