import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.clock import today
from organisations.models import Organisation
from retention.models import PracticeRurality
from retention.queries.similar_places import Others, Similar, similar
from tests.factories.organisations import (
    NetworkFactory,
    add_practice,
    area_of_one_practice,
)
from tests.factories.published import (
    JUNE,
    SEVEN,
    DeprivationFactory,
    PracticeRuralityFactory,
    PublishedProfileFactory,
    add_up,
    all_bands,
)

pytestmark = pytest.mark.django_db
Places = dict[str, Organisation]
YOUNG = {"35to39": 10}


def practice(
    places: Places, patients: int | None, score: float | None, heads: dict[str, int] = SEVEN
) -> Organisation:
    found = add_practice(places)
    known(found, patients, score, heads)
    return found


def known(
    place: Organisation, patients: int | None, score: float | None, heads: dict[str, int]
) -> None:
    PublishedProfileFactory(organisation=place, headcount=all_bands(heads), patients=patients)
    if score is not None:
        DeprivationFactory(practice=place, score=score)


@pytest.fixture
def places() -> Places:
    """A practice of 9,000 patients, twelve much like it, and thirty that are not."""
    found = area_of_one_practice()
    known(found["practice"], 9_000, 20, SEVEN)
    for i in range(12):
        practice(found, 8_900 + i, 20, YOUNG if i < 2 else SEVEN)
    for _ in range(30):
        practice(found, 2_000, 60, YOUNG)
    return found


def of(place: Organisation) -> Similar | Others | None:
    cache.clear()
    return similar(place, JUNE, today())


def alike(place: Organisation) -> Similar:
    found = of(place)
    assert isinstance(found, Similar)
    return found


def test_only_places_of_like_lists_and_deprivation_are_compared_with(places: Places) -> None:
    found = alike(places["practice"])
    assert found.places == 12
    assert found.list_sizes == (8_900, 8_911)
    assert found.scores == (20, 20)


def test_without_rurality_the_choice_is_by_list_and_deprivation(places: Places) -> None:
    assert alike(places["practice"]).rural is None


def make_rural(places: Places, rural: int) -> None:
    """Make the practice and so many of the twelve like it rural; all others urban."""
    others = Organisation.objects.filter(kind="practice").exclude(pk=places["practice"].pk)
    for number, place in enumerate([places["practice"], *others.order_by("pk")]):
        PracticeRuralityFactory(practice=place, rural=number <= rural)


def test_a_rural_practice_is_compared_with_rural_ones(places: Places) -> None:
    make_rural(places, rural=10)
    found = alike(places["practice"])
    assert (found.places, found.rural) == (10, (1, 1))
    # The two that are urban are like it in list and score, and are not among them.
    assert found.list_sizes == (8_900, 8_909)


def test_few_rural_ones_are_filled_up_and_it_is_seen(places: Places) -> None:
    make_rural(places, rural=4)
    found = alike(places["practice"])
    assert (found.places, found.rural) == (10, (0, 1))


def test_a_place_of_unknown_rurality_is_compared_as_before(places: Places) -> None:
    make_rural(places, rural=10)
    places["practice"].rurality.all().delete()
    found = alike(places["practice"])
    assert (found.places, found.rural) == (12, None)


def test_rurality_of_too_few_others_is_not_used(places: Places) -> None:
    PracticeRuralityFactory(practice=places["practice"])
    for other in Organisation.objects.filter(kind="practice")[:9]:
        if other != places["practice"]:
            PracticeRuralityFactory(practice=other)
    assert alike(places["practice"]).rural is None


def test_another_year_of_rurality_changes_the_choice_from_its_end_on(places: Places) -> None:
    make_rural(places, rural=10)
    for old in PracticeRurality.objects.all():
        PracticeRuralityFactory(practice=old.practice, year=2026, rural=not old.rural)
    cache.clear()
    before = similar(places["practice"], JUNE, dt.date(2026, 3, 31))
    after = similar(places["practice"], JUNE, dt.date(2026, 4, 1))
    assert isinstance(before, Similar)
    assert isinstance(after, Similar)
    assert (before.rural, after.rural) == ((1, 1), (0, 0))


def test_measures_are_of_the_place_and_of_the_others(places: Places) -> None:
    found = alike(places["practice"])
    assert found.older.value == pytest.approx(2 / 7)
    assert found.older.usual
    # Ten of the twelve have 2 of 7 at 55 and over, two have nobody: the tenth percentile lies
    # a tenth of the way from the second to the third.
    assert found.older.usual.low == pytest.approx(0.1 * 2 / 7)
    assert found.older.usual.median == found.older.usual.high == pytest.approx(2 / 7)
    assert found.per_session.value == pytest.approx(9_000 / 44.1)
    assert found.lost.usual
    assert found.lost.value == pytest.approx(found.lost.usual.median)
    assert found.lost.usual.low < found.lost.usual.median


def test_small_practices_lend_no_share_and_no_loss(places: Places) -> None:
    small = practice(places, 9_000, 20, {"60to64": 4})
    found = alike(small)
    assert found.older.value is None
    assert found.lost.value is None
    assert found.per_session.value == pytest.approx(9_000 / (4 * 0.7 * 9))
    other = alike(places["practice"])
    assert other.places == 13
    assert other.older.usual
    assert other.lost.usual
    assert (other.older.usual.places, other.lost.usual.places) == (12, 12)


@pytest.mark.parametrize(("patients", "score"), [(None, 20.0), (9_000, None)])
def test_what_is_not_known_of_the_place_makes_no_comparison(
    places: Places, patients: int | None, score: float | None
) -> None:
    assert of(practice(places, patients, score)) is None


def test_too_few_to_choose_from_are_all_shown_and_fewer_still_are_not() -> None:
    places = area_of_one_practice()
    known(places["practice"], 9_000, 20, YOUNG)
    for _ in range(4):
        practice(places, 9_000, 20)
    assert of(places["practice"]) is None
    for _ in range(5):
        practice(places, 4_500, 20)
    found = of(places["practice"])
    assert isinstance(found, Others)
    assert found.places == 9
    assert found.older.value == 0
    assert found.older.others
    assert found.older.others.low == found.older.others.high == pytest.approx(2 / 7)
    assert found.per_session.others
    assert found.per_session.others.high == pytest.approx(2 * found.per_session.others.low)
    practice(places, 9_000, 20)
    assert isinstance(of(places["practice"]), Similar)


def test_many_of_unknown_deprivation_are_no_few(places: Places) -> None:
    """All others stand beside a place only where a hub has loaded no more of them."""
    lonely = practice(places, 9_000, None)
    assert of(lonely) is None


def test_networks_are_compared_by_the_mean_of_their_practices() -> None:
    places = area_of_one_practice()
    known(places["practice"], 3_000, 10, SEVEN)
    practice(places, 1_000, 50)
    for _ in range(10):
        one = NetworkFactory()
        practice(area_of_one_practice(network=one), 4_000, 20)
    add_up()
    found = alike(places["network"])
    assert found.places == 10
    assert found.list_sizes == (4_000, 4_000)
    assert found.rural is None
    # 3,000 at 10 and 1,000 at 50 have a mean of 20, as the others.
    assert found.scores == pytest.approx((20, 20))
    assert found.older.value == pytest.approx(2 / 7)


def test_networks_are_as_rural_as_their_patients_practices() -> None:
    places = area_of_one_practice()
    known(places["practice"], 3_000, 20, SEVEN)
    PracticeRuralityFactory(practice=places["practice"], rural=True)
    PracticeRuralityFactory(practice=practice(places, 1_000, 20), rural=False)
    for i in range(22):
        area = area_of_one_practice(network=NetworkFactory())
        # Eleven have three rural patients of four, as the first; eleven have none.
        PracticeRuralityFactory(practice=practice(area, 3_000, 20), rural=i % 2 == 0)
        PracticeRuralityFactory(practice=practice(area, 1_000, 20), rural=False)
    add_up()
    found = alike(places["network"])
    assert found.places == 11
    assert found.rural == pytest.approx((0.75, 0.75))


def test_other_kinds_have_none_like_them(places: Places) -> None:
    with pytest.raises(ValueError, match="Only practices and networks"):
        of(places["icb"])


def test_queries_do_not_grow_and_none_is_kept_too(places: Places) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            similar(places["practice"], JUNE, today())
        return len(captured)

    few = queries()
    for _ in range(6):
        practice(places, 9_000, 20)
    assert queries() == few
    alone = practice(places, 9_000, None)
    assert similar(alone, JUNE, today()) is None
    with CaptureQueriesContext(connection) as captured:
        assert similar(alone, JUNE, today()) is None
    assert len(captured) < few
