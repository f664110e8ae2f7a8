"""Forms of roles, invitations, tokens and erasure."""

import pytest

from accounts import roles
from accounts.actions.tokens import LONGEST_DAYS
from accounts.forms import ErasureForm, GrantForm, InvitationForm, TokenForm
from accounts.models import RoleGrant
from organisations.models import Organisation
from organisations.queries.places import practices
from tests.factories.accounts import RoleGrantFactory
from tests.factories.organisations import HubFactory, PracticeFactory

pytestmark = pytest.mark.django_db
WHO = {"email": "robin@example.org", "name": "", "role": "clinician"}


def test_a_manager_names_no_place_and_no_contract() -> None:
    sent = {**WHO, "organisation": "1", "holds_contract": "on"}
    form = InvitationForm(sent, allowed=[roles.CLINICIAN])
    assert form.is_valid()
    assert set(form.cleaned_data) == {"email", "name", "role"}


def test_only_roles_and_places_that_are_offered_can_be_chosen() -> None:
    hub = HubFactory()
    form = InvitationForm(
        {**WHO, "role": "hub_administrator", "organisation": hub.pk},
        allowed=[roles.CLINICIAN],
        places=practices(),
    )
    assert set(form.errors) == {"role", "organisation"}


def test_places_of_one_name_are_told_apart() -> None:
    PracticeFactory(name="The Surgery", code="A81001")
    form = GrantForm(allowed=[roles.CLINICIAN], places=practices())
    assert "The Surgery (practice, A81001)" in str(form["organisation"])


@pytest.mark.parametrize(
    ("days", "is_valid"), [("0", False), ("1", True), (str(LONGEST_DAYS + 1), False)]
)
def test_a_token_lasts_from_a_day_to_a_year(days: str, is_valid: bool) -> None:
    form = TokenForm({"name": "Roster", "days": days}, held=RoleGrant.objects.none())
    assert form.is_valid() == is_valid


def test_a_token_carries_one_of_the_roles_that_are_held() -> None:
    held, others = RoleGrantFactory(), RoleGrantFactory()
    for grant, is_valid in ((held, True), (others, False)):
        sent = {"name": "Roster", "days": "1", "role_grant": grant.pk}
        form = TokenForm(sent, held=RoleGrant.objects.filter(user=held.user))
        assert form.is_valid() == is_valid


@pytest.mark.parametrize(
    ("word", "is_valid"), [("ERASE", True), (" ERASE ", True), ("erase", False), ("", False)]
)
def test_nobody_erases_themselves_by_a_slip(word: str, is_valid: bool) -> None:
    assert ErasureForm({"word": word}).is_valid() == is_valid


def test_no_place_is_offered_by_a_form_that_was_given_none() -> None:
    PracticeFactory()
    form = GrantForm(allowed=[], places=Organisation.objects.none())
    assert list(form.fields["organisation"].choices) == [("", "Choose one")]  # type: ignore[attr-defined]  # a choice field
