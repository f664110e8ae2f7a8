"""A place in the record: a region, ICB, sub-ICB location, network, practice or training hub."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from organisations.periods import PeriodQuerySet, ends_after_it_starts, holds

ENGLAND = "ENG"


class Kind(models.TextChoices):
    COUNTRY = "country", "Country"
    REGION = "region", "Region"
    ICB = "icb", "Integrated care board"
    SUB_ICB = "sub_icb", "Sub-ICB location"
    NETWORK = "network", "Primary care network"
    PRACTICE = "practice", "Practice"
    TRAINING_HUB = "training_hub", "Training hub"


class Organisation(models.Model):
    """Identified by its ODS code, which is never reused. Its links are dated (see Link)."""

    code = models.CharField("ODS code", max_length=12, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(
        "name today", max_length=200, help_text="Earlier names are in OrganisationName."
    )
    postcode = models.CharField(max_length=8, blank=True)
    # Hubs have no ODS code of their own kind; pages name them by this.
    slug = models.SlugField(max_length=80, unique=True, null=True, blank=True)
    # Empty where no file has printed it, which is not the same as lately.
    starts_on = models.DateField("opened on", null=True, blank=True)
    ends_on = models.DateField("closed on", null=True, blank=True)

    objects: ClassVar[PeriodQuerySet["Organisation"]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]  # a manager answers as its queryset

    class Meta:
        ordering = ("name", "code")
        indexes = (models.Index(fields=("kind", "name")),)
        constraints = (
            ends_after_it_starts("organisation_period"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organisation_kind"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.TRAINING_HUB) | Q(slug__isnull=False),
                name="organisation_hub_slug",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the organisation's page."""
        match self.kind:
            case Kind.PRACTICE:
                return reverse("practice", args=[self.code])
            case Kind.NETWORK:
                return reverse("network", args=[self.code])
            case Kind.TRAINING_HUB:
                return reverse("hub", args=[self.slug])
            case _:
                return reverse("area", args=[self.code])

    @property
    def access_place(self) -> "Organisation":
        """The place whose readers may be let in: itself."""
        return self

    @property
    def access_owner_id(self) -> int | None:
        """No person owns an organisation."""
        return None

    def holds_on(self, date: dt.date) -> bool:
        """Whether the organisation is open on `date`."""
        return holds(self.starts_on, self.ends_on, date)
