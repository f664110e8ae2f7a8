"""Which month and staff group a page of data quality is of."""

import datetime as dt

from django import forms
from django.http import QueryDict

from retention.forms.place_profile import month_of
from retention.models.published_count import StaffGroup
from retention.queries.data_quality import PlaceQuality

ALL_GROUPS = "All staff groups"


class QualityForm(forms.Form):
    """Sent by GET, and always shown as what is on the page."""

    # Every field has an answer already.
    mark_optional = False

    month = forms.ChoiceField()
    group = forms.ChoiceField(
        label="Staff group", choices=[("", ALL_GROUPS), *StaffGroup.choices], required=False
    )

    def __init__(self, quality: PlaceQuality, staff_group: StaffGroup | None) -> None:
        month = f"{quality.month:%Y-%m}" if quality.month else ""
        # Bound to what is shown, not to what was asked: a month that is not loaded falls back.
        super().__init__({"month": month, "group": staff_group or ""})
        self.fields["month"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (f"{month:%Y-%m}", f"{month:%B %Y}") for month in quality.months
        ]


def quality_asked(data: QueryDict) -> tuple[dt.date | None, StaffGroup | None]:
    """Return the month and the staff group that an address asks for; None where it makes none."""
    group = data.get("group", "")
    return (
        month_of(data.get("month", "")),
        StaffGroup(group) if group in StaffGroup.values else None,
    )
