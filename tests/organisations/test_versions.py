"""Two editors of one record."""

import pytest
from django.core.exceptions import ValidationError

from organisations.models import Agreement
from organisations.versions import claim, stale
from tests.factories.organisations import AgreementFactory

pytestmark = pytest.mark.django_db


def test_each_claim_counts_one_change_in_the_database_too() -> None:
    agreement: Agreement = AgreementFactory()
    assert agreement.version == 0
    for seen in range(3):
        claim(agreement, seen)
        assert agreement.version == Agreement.objects.get().version == seen + 1


@pytest.mark.parametrize("seen", [0, 2])
def test_a_version_that_is_past_or_made_up_is_refused_with_the_one_that_stands(seen: int) -> None:
    agreement: Agreement = AgreementFactory(version=1)
    other: Agreement = AgreementFactory(version=seen)
    with pytest.raises(ValidationError) as refused:
        claim(agreement, seen)
    assert (refused.value.code, refused.value.params) == ("stale", {"version": 1})
    assert Agreement.objects.get(pk=agreement.pk).version == 1
    assert Agreement.objects.get(pk=other.pk).version == seen


def test_a_record_that_is_gone_is_refused() -> None:
    agreement: Agreement = AgreementFactory()
    Agreement.objects.all().delete()
    with pytest.raises(ValidationError):
        claim(agreement, 0)


def test_the_refusal_says_what_to_do() -> None:
    (words,) = stale(3).messages
    assert "not saved" in words
    assert "save again" in words
