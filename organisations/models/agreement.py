"""The agreements a hub holds before it keeps personal data: one for each purpose."""

from typing import ClassVar

from django.db import models

from organisations.models.organisation import Organisation
from organisations.periods import PeriodQuerySet, ends_after_it_starts
from organisations.versions import Versioned


class LawfulBasis(models.TextChoices):
    CONSENT = "6(1)(a)", "Consent, Article 6(1)(a)"
    CONTRACT = "6(1)(b)", "Contract, Article 6(1)(b)"
    LEGAL_OBLIGATION = "6(1)(c)", "Legal obligation, Article 6(1)(c)"
    PUBLIC_TASK = "6(1)(e)", "Public task, Article 6(1)(e)"
    LEGITIMATE_INTERESTS = "6(1)(f)", "Legitimate interests, Article 6(1)(f)"


class Agreement(Versioned):
    """Purpose, controller, lawful basis and the notice given, with dates."""

    # On what ground data was kept must be told when the hub is long gone.
    hub = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    purpose = models.CharField(max_length=200)
    controller = models.CharField(max_length=200)
    lawful_basis = models.CharField(max_length=8, choices=LawfulBasis)
    notice_given_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[PeriodQuerySet["Agreement"]] = PeriodQuerySet.as_manager()  # type: ignore[assignment]  # a manager answers as its queryset

    class Meta:
        ordering = ("purpose", "starts_on")
        constraints = (
            ends_after_it_starts("agreement_period"),
            models.CheckConstraint(
                condition=models.Q(lawful_basis__in=LawfulBasis.values),
                name="agreement_lawful_basis",
            ),
        )

    def __str__(self) -> str:
        return self.purpose

    @property
    def access_place(self) -> Organisation:
        """The hub that holds the agreement."""
        return self.hub

    @property
    def access_owner_id(self) -> int | None:
        """No person owns an agreement."""
        return None
