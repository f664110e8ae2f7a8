"""What I say about myself."""

from django import forms

from retention.models.person import Profession

_YEAR = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 4}


class OwnDetailsForm(forms.Form):
    """Name and profession; two years, for one's own outlook and for schemes."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    name = forms.CharField(
        label="Full name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    profession = forms.ChoiceField(
        label="Profession", choices=[("", "Choose one"), *Profession.choices]
    )
    year_of_birth = forms.IntegerField(
        label="Year of birth",
        required=False,
        min_value=1920,
        max_value=2015,
        widget=forms.TextInput(attrs=_YEAR),
        help_text=(
            "For your own outlook, which you alone can see, and for totals of your network in"
            " which nobody can be told apart. Never the day: the year is enough."
        ),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter a year of four digits, such as 1968"
        ),
    )
    qualified_year = forms.IntegerField(
        label="Year of qualification",
        required=False,
        min_value=1940,
        widget=forms.TextInput(attrs=_YEAR),
        help_text=(
            "For GPs, the year of the certificate of completion of training. Some schemes ask"
            " how long ago it was."
        ),
        error_messages=dict.fromkeys(
            ("invalid", "min_value"), "Enter a year of four digits, such as 1994"
        ),
    )
