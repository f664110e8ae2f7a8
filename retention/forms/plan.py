"""My plan: when I may retire, and what I would like instead."""

from typing import Any

from django import forms

from retention.models.plan import Wish
from retention.queries.plans import PlanContent

KNOWS, DOES_NOT_KNOW = "year", "dont_know"


class PlanForm(forms.Form):
    """Asked of everyone, whatever their age."""

    mark_optional = False
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    knows = forms.ChoiceField(
        label="Do you know when you may retire?",
        choices=[(DOES_NOT_KNOW, "I don't know, or not for a long time"), (KNOWS, "Around a year")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you know when you may retire"},
    )
    retire_year = forms.IntegerField(
        label="In which year?",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        help_text="Only if you chose “Around a year”. You can change it at any time.",
        error_messages={"invalid": "Enter a year of four digits, such as 2031"},
    )
    wishes = forms.MultipleChoiceField(
        label="What would you like instead of the work you have now?",
        choices=Wish.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Choose all that fit.",
    )

    @classmethod
    def filled(cls, content: PlanContent | None, version: int) -> "PlanForm":
        """Return the form with a plan in it, or an empty one."""
        initial: dict[str, Any] = {"version": version}
        if content:
            knows = DOES_NOT_KNOW if content.retire_year is None else KNOWS
            initial |= {"knows": knows, "retire_year": content.retire_year}
            initial["wishes"] = content.wishes
        return cls(initial=initial)

    def show_version(self, version: int) -> None:
        """Let the person, once told of another window, save over what it saved."""
        kept = dict(self.data.items())
        self.data = {**kept, "wishes": self["wishes"].value() or [], "version": version}

    @property
    def content(self) -> PlanContent:
        """The plan of a valid form."""
        return PlanContent(
            retire_year=self.cleaned_data["retire_year"], wishes=tuple(self.cleaned_data["wishes"])
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the year of those who know it; whoever doesn't and wrote one is asked which."""
        knows = self.cleaned_data.get("knows")
        if knows == DOES_NOT_KNOW and self["retire_year"].value():
            # One thing at a time: that the year is not wanted comes before how it is written.
            self.errors.pop("retire_year", None)
            self.add_error("retire_year", "Choose “Around a year” to keep this year, or empty it")
        elif knows == KNOWS and self.cleaned_data.get("retire_year", 0) is None:
            self.add_error("retire_year", "Enter the year in which you may retire")
        return self.cleaned_data
