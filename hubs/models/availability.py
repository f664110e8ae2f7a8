"""When, where and on what someone can meet: the same questions for mentors and mentees."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from hubs.models.interests import Interest
from retention.models.postcode_district import PostcodeDistrict
from retention.models.session_pattern import PartOfDay, Weekday

# "2pm" is Wednesday afternoon; in the order of the week.
HALF_DAYS: Mapping[str, str] = MappingProxyType(
    {
        f"{day.value}{part.value}": f"{day.label} {part.label.lower()}"
        for day in Weekday
        for part in PartOfDay
    }
)


class Availability(models.Model):
    """Half-days and interests are lists of codes, kept in the order of HALF_DAYS and Interest."""

    # Lists in one column: they are compared as bits of thousands at once, never searched by row.
    half_days = models.JSONField(default=list, blank=True)
    interests = models.JSONField(default=list, blank=True)
    remote = models.BooleanField("can meet by phone or video", default=True)
    # Never the whole postcode: a district is near enough for a way, and names no house.
    district = models.CharField("postcode district", max_length=4, blank=True)
    max_km = models.PositiveSmallIntegerField(
        "furthest distance in kilometres",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(300)],
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Put the codes in order; refuse unknown ones, and what could never be met in person."""
        super().clean()
        problems: dict[str, Any] = {}
        try:
            self.half_days = _in_order(self.half_days, HALF_DAYS)
            self.interests = _in_order(self.interests, Interest.values)
        except (TypeError, ValueError):
            problems["half_days"] = "Choose half-days and interests from the lists."
        # As people type it: " le1".
        self.district = self.district.strip().upper()
        if self.district and not PostcodeDistrict.objects.filter(code=self.district).exists():
            problems["district"] = (
                f"{self.district} is not a postcode district we know. Enter the first half of a"
                " postcode, such as LE1."
            )
        if not self.remote and not self.district:
            problems["district"] = "Enter a postcode district, or tick that you can meet remotely."
        if not self.remote and not self.half_days and "half_days" not in problems:
            problems["half_days"] = "Choose a half-day, or tick that you can meet remotely."
        if problems:
            raise ValidationError(problems)


def _in_order(codes: object, known: Iterable[str]) -> list[str]:
    """The codes in the order of `known`, each once; raises ValueError for any other."""
    if not isinstance(codes, list):
        raise TypeError
    wanted = set(codes)
    ordered = [code for code in known if code in wanted]
    if len(ordered) != len(wanted):
        raise ValueError
    return ordered
