import pytest

from organisations.models import Organisation
from organisations.models.organisation import ENGLAND, Kind
from retention.queries import england
from retention.queries.england import COVERED_FROM, published_retirement_share, yardstick
from retention.queries.public_outlook import england_share, public_outlook
from tests.factories.organisations import area_of_one_practice
from tests.factories.published import JUNE, OLD, PublishedProfileFactory, add_up, profile_of

pytestmark = pytest.mark.django_db


def loaded_england(practices: int, **changes: object) -> None:
    place, _ = Organisation.objects.get_or_create(
        code=ENGLAND, defaults={"kind": Kind.COUNTRY, "name": "England"}
    )
    PublishedProfileFactory(organisation=place, practices=practices, **changes)


def test_before_any_file_england_is_as_published() -> None:
    found = yardstick(JUNE)
    assert found.loaded is None
    assert f"{found.as_at:%B %Y}" == "October 2025"
    assert found.share_older == pytest.approx(0.209, abs=0.001)


@pytest.mark.parametrize(
    ("practices", "not_known", "is_loaded"),
    [(COVERED_FROM - 1, 0, False), (COVERED_FROM, 0, True), (COVERED_FROM, 1, False)],
)
def test_loaded_files_are_england_once_they_cover_it(
    practices: int, not_known: int, is_loaded: bool
) -> None:
    loaded_england(practices, practices_not_known=not_known)
    assert (yardstick(JUNE).loaded is not None) is is_loaded


def test_loaded_england_without_ages_is_no_yardstick() -> None:
    loaded_england(COVERED_FROM, headcount={"unknown": 30_000})
    assert yardstick(JUNE).loaded is None


def test_published_share_lost_to_retirement_is_near_a_twelfth() -> None:
    """Within three years; the guide's worked example says 8.9 % of June 2023's GPs."""
    assert published_retirement_share() == pytest.approx(0.087, abs=0.003)
    assert england_share(yardstick(JUNE), JUNE) == published_retirement_share()


def test_share_of_a_loaded_england_is_that_of_its_own_outlook(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(england, "COVERED_FROM", 1)
    places = area_of_one_practice()
    profile_of(places["practice"], OLD)
    add_up()
    outlook = public_outlook(places["country"], JUNE)
    share = outlook.retirement_share() if outlook else None
    assert share
    assert share.expected > 2 * published_retirement_share()
    assert england_share(yardstick(JUNE), JUNE) == pytest.approx(share.expected)


def test_share_of_a_loaded_england_makes_no_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(england, "COVERED_FROM", 1)
    places = area_of_one_practice()
    profile_of(places["practice"], OLD)
    add_up()

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the share made a whole outlook")

    monkeypatch.setattr("models.outlook.forecast_many", refuse)
    assert england_share(yardstick(JUNE), JUNE) > published_retirement_share()


def test_loaded_england_without_sessions_falls_back_on_the_published_share() -> None:
    loaded_england(COVERED_FROM)
    assert england_share(yardstick(JUNE), JUNE) == published_retirement_share()
