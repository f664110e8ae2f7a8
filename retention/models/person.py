"""A person who works, or worked, in primary care."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.models.subject import Subject
from accounts.models.user import User
from organisations.models.organisation import Organisation
from organisations.versions import Versioned


class Profession(models.TextChoices):
    GP = "gp", "GP"
    NURSE = "nurse", "Nurse"
    PHARMACIST = "pharmacist", "Pharmacist"
    PARAMEDIC = "paramedic", "Paramedic"
    PHYSIOTHERAPIST = "physiotherapist", "Physiotherapist"
    PHYSICIAN_ASSOCIATE = "physician_associate", "Physician associate"
    MANAGER = "manager", "Practice manager"
    OTHER = "other", "Another profession"


class Person(Versioned):
    """Year of birth is enough: no NI number, no full date of birth, nothing about health."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.OneToOneField(
        Subject, on_delete=models.PROTECT, related_name="person", editable=False
    )
    user = models.OneToOneField(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    name = models.CharField("full name", max_length=120)
    # Empty until the person (or the practice, with a post) has said it.
    profession = models.CharField(max_length=24, choices=Profession, blank=True)
    year_of_birth = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1920), MaxValueValidator(2015)]
    )
    qualified_year = models.PositiveSmallIntegerField(
        "year of qualification",
        null=True,
        blank=True,
        validators=[MinValueValidator(1940), MaxValueValidator(2100)],
        help_text="For GPs, the year of the certificate of completion of training.",
    )
    # "GMC 1234567": the body, and the number as the body writes it, as a practice's roster says.
    # Two practices may say it of two people whom nothing else says to be one.
    registration = models.CharField("professional registration", max_length=24, blank=True)
    # Where a practice knows a band and no year; the band is that of the day it was said.
    age_band = models.CharField(max_length=8, blank=True)
    age_band_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Person"]]

    class Meta:
        ordering = ("name", "pk")
        verbose_name_plural = "people"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(profession__in=["", *Profession.values]),
                name="person_profession",
            ),
            models.CheckConstraint(
                condition=models.Q(year_of_birth__isnull=True)
                | models.Q(year_of_birth__gte=1920, year_of_birth__lte=2015),
                name="person_year_of_birth",
            ),
            models.CheckConstraint(
                condition=models.Q(age_band="") | models.Q(age_band_on__isnull=False),
                name="person_age_band_has_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def registration_digits(self) -> str:
        """The number without its body, as spreadsheets hold it; empty where there is none."""
        return self.registration.partition(" ")[2]

    @property
    def access_place(self) -> Organisation | None:
        """None: a practice reaches people through its posts."""
        return None

    @property
    def access_owner_id(self) -> int | None:
        """The user that the person is, once registered."""
        return self.user_id
