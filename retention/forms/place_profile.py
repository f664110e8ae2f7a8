"""What a profile shows: month, staff group and places to compare; all of it in the address."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from organisations.clock import today
from organisations.models import Organisation
from retention.models.published_count import StaffGroup
from retention.queries.compared_places import MOST_COMPARED, ComparedPlaces, compared_places
from retention.queries.place_profile import PlaceProfile

LONGEST = 100


@dataclass(frozen=True)
class Asked:
    """What an address asks for; what makes no sense falls back to what is usual."""

    staff_group: StaffGroup
    month: dt.date | None
    places: ComparedPlaces
    text: str


class ProfileForm(forms.Form):
    """Sent by GET, and always shown as what is on the page."""

    # Every field has an answer already.
    mark_optional = False

    month = forms.ChoiceField()
    group = forms.ChoiceField(label="Staff group", choices=StaffGroup.choices)
    compare = forms.MultipleChoiceField(
        label="Compare with",
        help_text="England is always shown. Untick a place to take it out.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    find = forms.CharField(
        label="Find another place to compare with",
        help_text="Its name, code or postcode",
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, profile: PlaceProfile, asked: Asked) -> None:
        chosen = asked.places
        # One place was found and is ticked: the words have done their work.
        text = "" if chosen.found and not _to_choose(chosen) else asked.text
        super().__init__(
            {
                "month": f"{profile.month:%Y-%m}" if profile.month else "",
                "group": profile.staff_group,
                "compare": [place.code for place in chosen.chosen],
                "find": text,
            }
        )
        self.fields["month"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (f"{month:%Y-%m}", f"{month:%B %Y}") for month in profile.months
        ]
        self.fields["compare"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (place.code, f"{place.name} ({place.get_kind_display()}, {place.code})")
            for place in chosen.all
        ]
        # A group of checkboxes without any has a legend and nothing to tick.
        if not chosen.all:
            del self.fields["compare"]
        if problem := _problem(asked):
            self.add_error("find", problem)


def _problem(asked: Asked) -> str:
    if asked.text and asked.places.found == 0:
        return "No other place fits what you typed. Try one word of its name, or its code."
    if asked.text and len(asked.places.chosen) == MOST_COMPARED:
        return f"{MOST_COMPARED} places at most. Untick one to add another."
    return ""


def asked_of(data: QueryDict, place: Organisation) -> Asked:
    """Return what an address asks for."""
    # PostgreSQL takes no NUL, and an address is written by anybody.
    text = data.get("find", "").replace("\x00", "").strip()[:LONGEST]
    group = data.get("group", "")
    # A form that was sent with every place unticked says so; a plain address says nothing.
    codes = data.getlist("compare") if "group" in data else None
    return Asked(
        staff_group=StaffGroup(group) if group in StaffGroup.values else StaffGroup.GP,
        month=month_of(data.get("month", "")),
        places=compared_places(place, _clean(codes), text, today()),
        text=text,
    )


def month_of(text: str) -> dt.date | None:
    """Return the first day of a month written as 2025-06, or None."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  (a month has no zone)
    except ValueError:
        return None


def _clean(codes: Sequence[str] | None) -> list[str] | None:
    return None if codes is None else [code.replace("\x00", "")[:12] for code in codes]


def _to_choose(places: ComparedPlaces) -> bool:
    return bool(places.found and places.found > 1)
