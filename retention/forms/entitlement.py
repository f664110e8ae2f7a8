"""The form with which a network enters its additional-roles entitlement."""

from typing import Any

from django import forms

from retention.models.entitlement import NetworkEntitlement

_WRONG = {"invalid": "Enter a number, such as 420000 or 9.5"}


def _amount(label: str, help_text: str, digits: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_digits=digits,
        decimal_places=2,
        # No number input: it drops what it cannot read, and with it what somebody typed.
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "nhsuk-input--width-10"}),
        error_messages={**_WRONG, "min_value": "Enter a number that is not below zero"},
    )


class EntitlementForm(forms.Form):
    """Pounds, FTE or both; what is left empty is not known and is not shown."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    pounds = _amount(
        "Entitlement for the year, in pounds",
        "What the network may claim from April to March, as its commissioner wrote.",
        12,
    )
    committed = _amount(
        "Claimed or committed of it so far, in pounds",
        "With what this year's posts will still cost, if you know it.",
        12,
    )
    fte = _amount(
        "Entitlement as full-time equivalents",
        "How many FTE the network plans to pay from it. It is compared with the published file.",
        7,
    )

    @staticmethod
    def values_of(found: NetworkEntitlement | None) -> dict[str, Any]:
        """Return what the form shows at first."""
        if found is None:
            return {"version": 0}
        return {name: getattr(found, name) for name in ("version", "pounds", "committed", "fte")}
