"""What I assume, for a what-if in my own outlook."""

from typing import Any

from django import forms

# As the API: at 100 nobody would ever leave.
_MOST = 90
_LABELS = {
    "two_sessions_fewer": "Two sessions fewer",
    "one_session_mentoring": "One session given to mentoring",
}


class AssumptionsForm(forms.Form):
    """By how much the yearly chance of leaving may fall: from and to, in per cent."""

    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # numpy stays out of the start of a web worker.
        from models.person_outlook import ASSUMED_EFFECTS

        super().__init__(*args, **kwargs)
        for name, label in _LABELS.items():
            effect = ASSUMED_EFFECTS[name]
            self.fields[f"{name}_low"] = _percent(f"{label}: at least", effect.low)
            self.fields[f"{name}_high"] = _percent(f"{label}: at most", effect.high)

    def clean(self) -> dict[str, Any]:
        """A range runs from its low to its high end."""
        for name in _LABELS:
            low, high = (self.cleaned_data.get(f"{name}_{end}") for end in ("low", "high"))
            if low is not None and high is not None and low > high:
                self.add_error(f"{name}_high", "Enter a number that is not below “at least”")
        return self.cleaned_data

    @property
    def effects(self) -> dict[str, tuple[int, int]]:
        """The ranges of a valid form; none of any other."""
        if not self.is_valid():
            return {}
        given = self.cleaned_data
        return {name: (given[f"{name}_low"], given[f"{name}_high"]) for name in _LABELS}


def _percent(label: str, share: float) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=_MOST,
        initial=round(share * 100),
        help_text="Per cent by which your yearly chance of leaving falls. 0 is no effect.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Enter a whole number from 0 to {_MOST}",
        ),
    )
