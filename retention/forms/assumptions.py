"""What a reader assumes about a place: few choices, each for everyone of it."""

from collections.abc import Sequence

from django import forms

from retention.queries.ahead import FEWER, RETIRE, SCHEME, STAYING, Assumptions


def _labelled(values: Sequence[int], *labels: str) -> list[tuple[int, str]]:
    return list(zip(values, labels, strict=True))


_RETIRE = _labelled(RETIRE, "As now", "Two years earlier", "Two years later")
_FEWER = _labelled(FEWER, "As now", "10% fewer for everyone", "20% fewer for everyone")
_SCHEME = _labelled(
    SCHEME,
    "No scheme",
    "Leaving falls by a tenth",
    "Leaving falls by a fifth",
    "Leaving falls by three tenths",
)
_STAYING = _labelled(STAYING, "None of them", "Half of them", "All of them")


class AssumptionsForm(forms.Form):
    """Asked by GET, so that an address can be kept and sent; what is left out stays as it is."""

    retire = forms.TypedChoiceField(
        label="Everyone retires", choices=_RETIRE, coerce=int, required=False
    )
    fewer = forms.TypedChoiceField(label="Sessions", choices=_FEWER, coerce=int, required=False)
    scheme = forms.TypedChoiceField(
        label="A scheme keeps people",
        choices=_SCHEME,
        coerce=int,
        required=False,
    )
    closes = forms.ChoiceField(label="A practice closes", required=False)
    staying = forms.TypedChoiceField(
        label="Of its GPs stay in the network",
        choices=_STAYING,
        coerce=int,
        required=False,
    )
    mark_optional = False

    def __init__(self, data: object, *, practices: Sequence[tuple[str, str]]) -> None:
        """Offer the practices (code, name) that this reader may close in thought."""
        # Nothing asked is nothing assumed, and is valid.
        super().__init__(data)  # type: ignore[arg-type]  # a request's query
        if practices:
            field = self.fields["closes"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "None"), *practices]
        else:
            del self.fields["closes"], self.fields["staying"]

    @property
    def is_used(self) -> bool:
        """Whether something is assumed, or was asked for that is no choice."""
        return not self.is_valid() or self.assumptions().are_any

    def assumptions(self) -> Assumptions:
        """Return what was asked, once the form is valid."""
        return Assumptions(**{name: v for name, v in self.cleaned_data.items() if v != ""})
