"""A month's private outlooks are made once, frozen, and explain themselves later."""

import datetime as dt
import json
from collections.abc import Iterator

import pytest
import time_machine
from django.db import IntegrityError, transaction

from models.standard_table import standard_table
from organisations.models import Sharing
from retention.actions import private_outlooks
from retention.actions.private_outlooks import (
    SnapshotOrderError,
    explained,
    figures_of,
    make_private_outlooks,
    released,
)
from retention.models import Person, Post, PrivateCell, PrivateOutlook, PrivateSnapshot
from retention.models.private_outlook import Withheld
from retention.queries.private_inputs import private_inputs
from retention.queries.public_outlook import public_outlook
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.private_outlooks import (
    Places,
    another_network,
    hub_area,
    practice_with,
    tell,
    working,
)
from tests.factories.published import SEVEN, add_up, profile_of

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST = (dt.date(2026, month, 1) for month in (6, 7, 8))


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    with time_machine.travel("2026-11-18 12:00 +0000", tick=False):
        yield


@pytest.fixture
def area() -> Places:
    return hub_area()


def make(month: dt.date = JUNE) -> PrivateSnapshot:
    snapshot, is_new = make_private_outlooks(month=month)
    assert is_new
    return snapshot


def cell(area: Places, month: dt.date = JUNE, place: str = "network") -> PrivateCell:
    return PrivateCell.objects.select_related("standing__snapshot").get(
        snapshot__month=month, place=area[place], staff_group="gp"
    )


def enough(area: Places) -> list[Post]:
    """Make a network whose cell may be told: three practices of four."""
    practices = [practice_with(area, 4) for _ in range(3)]
    return list(Post.objects.filter(organisation__in=practices).order_by("pk"))


class TestOnce:
    def test_the_second_of_a_month_reads_the_first(self, area: Places) -> None:
        enough(area)
        first = make()
        before = list(PrivateOutlook.objects.values())
        tell(working(practice_with(area, 9)), 9)
        assert make_private_outlooks(month=dt.date(2026, 6, 28)) == (first, False)
        assert list(PrivateOutlook.objects.values()) == before

    def test_it_is_of_this_month_unless_told(self, area: Places) -> None:
        snapshot, _ = make_private_outlooks()
        assert snapshot.month == dt.date(2026, 11, 1)

    def test_of_two_workers_at_once_the_first_to_store_wins(
        self, area: Places, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The other one stores while this one still computes."""
        enough(area)

        def slow(on: dt.date) -> object:
            monkeypatch.setattr(private_outlooks, "private_inputs", private_inputs)
            make_private_outlooks(month=on)
            return private_inputs(on)

        monkeypatch.setattr(private_outlooks, "private_inputs", slow)
        snapshot, is_new = make_private_outlooks(month=JUNE)
        assert not is_new
        assert PrivateSnapshot.objects.get() == snapshot
        assert PrivateOutlook.objects.filter(place=area["network"]).count() == 1

    def test_a_worker_that_another_month_overtook_stores_nothing(
        self, area: Places, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        enough(area)

        def slow(on: dt.date) -> object:
            monkeypatch.setattr(private_outlooks, "private_inputs", private_inputs)
            make_private_outlooks(month=JUNE)
            return private_inputs(on)

        monkeypatch.setattr(private_outlooks, "private_inputs", slow)
        with pytest.raises(SnapshotOrderError, match="meanwhile"):
            make_private_outlooks(month=JULY)
        assert [snapshot.month for snapshot in PrivateSnapshot.objects.all()] == [JUNE]

    def test_a_month_before_the_last_is_not_made(self, area: Places) -> None:
        make(JULY)
        with pytest.raises(SnapshotOrderError, match="July 2026 was made already"):
            make_private_outlooks(month=JUNE)

    def test_a_month_to_come_is_not_made(self, area: Places) -> None:
        with pytest.raises(SnapshotOrderError, match="has not begun"):
            make_private_outlooks(month=dt.date(2026, 12, 1))

    def test_the_database_refuses_a_second_snapshot_of_a_month(self, area: Places) -> None:
        make()
        with pytest.raises(IntegrityError), transaction.atomic():
            PrivateSnapshot.objects.create(month=JUNE)


class TestWhatIsReleased:
    def test_three_practices_and_eight_others_are_enough(self, area: Places) -> None:
        enough(area)
        make()
        found = cell(area).standing
        assert found is not None
        assert found.snapshot.month == JUNE
        assert found.table_version == standard_table("gp").version
        assert len(found.inputs_digest) == 64
        assert found.figures["people"] == 8
        assert found.figures["sessions_now"] == 36

    @pytest.mark.parametrize(
        ("sizes", "why"),
        [
            ([20, 20], Withheld.FEW_PRACTICES),
            ([4, 4, 3], Withheld.FEW_PEOPLE),
            ([30, 4, 3], Withheld.FEW_PEOPLE),
        ],
    )
    def test_a_cell_that_may_not_be_told_says_why(
        self, area: Places, sizes: list[int], why: Withheld
    ) -> None:
        for size in sizes:
            practice_with(area, size)
        make()
        assert cell(area).withheld == why
        assert not PrivateOutlook.objects.exists()

    def test_a_network_that_leaves_a_small_rest_of_the_hub_is_withheld(self, area: Places) -> None:
        enough(area)
        practice_with(another_network(area), 2)
        make()
        assert cell(area, place="hub").standing is not None
        assert cell(area).withheld == Withheld.NEIGHBOURS

    def test_an_account_with_two_practices_is_reckoned_with(self, area: Places) -> None:
        posts = enough(area)
        practice_with(area, 0)
        manager = UserFactory()
        for practice in {post.organisation for post in posts[:5]}:
            RoleGrantFactory(user=manager, role="practice_manager", organisation=practice)
        make()
        assert cell(area).withheld == Withheld.FEW_PEOPLE

    def test_a_cell_where_nobody_is_counted_has_no_row(self, area: Places) -> None:
        practice_with(area, 9, shares=[])
        make()
        assert not PrivateCell.objects.exists()


class TestFrozen:
    def test_seven_altered_people_change_nothing(self, area: Places) -> None:
        posts = enough(area)
        make()
        for post in posts[:7]:
            tell(post, 8, dt.date(2026, 6, 15))
        make(JULY)
        assert cell(area, JULY).standing == cell(area, JUNE).standing

    def test_eight_new_people_in_each_of_three_practices_make_a_new_one(self, area: Places) -> None:
        enough(area)
        posts = list(Post.objects.all())
        make()
        # Eight more in each, so that the difference is a group that may be told of.
        for post in posts:
            for _ in range(2):
                working(post.organisation, starts_on=dt.date(2026, 6, 15))
        make(JULY)
        before, after = cell(area, JUNE).standing, cell(area, JULY).standing
        assert before is not None
        assert after is not None
        assert before != after
        assert after.figures["sessions_now"] > before.figures["sessions_now"]
        # The old one is as it was.
        assert before.figures["sessions_now"] == 36

    def test_eight_new_people_of_one_practice_are_not_told_of(self, area: Places) -> None:
        first = enough(area)[0].organisation
        make()
        for _ in range(12):
            working(first, starts_on=dt.date(2026, 6, 15))
        make(JULY)
        assert cell(area, JULY).standing == cell(area, JUNE).standing

    def test_a_released_cell_stands_when_a_practice_stops_sharing(self, area: Places) -> None:
        """Taking it back would tell of the change, and unsay nothing that was read."""
        enough(area)
        make()
        Sharing.objects.update(ends_on=dt.date(2026, 6, 15))
        make(JULY)
        assert cell(area, JULY).standing == cell(area, JUNE).standing

    def test_all_that_was_ever_let_out_is_remembered(self, area: Places) -> None:
        enough(area)
        make()
        make(JULY)
        make(AUGUST)
        found = released()
        # The network and its hub, once each.
        assert {each.cell for each in found} == {
            (area["network"].code, "gp"),
            (area["hub"].code, "gp"),
        }
        assert len(found) == 2
        assert found[0].records == private_inputs(JUNE)[area["network"].code, "gp"].records


class TestFigures:
    def test_the_same_inputs_give_the_same_figures(self, area: Places) -> None:
        enough(area)
        make()
        outlook = cell(area).standing
        assert outlook is not None
        again = private_inputs(JUNE)[area["network"].code, "gp"]
        assert again.digest == outlook.inputs_digest
        assert json.loads(json.dumps(figures_of(again))) == outlook.figures

    def test_other_inputs_are_known_by_their_digest(self, area: Places) -> None:
        posts = enough(area)
        make()
        outlook = cell(area).standing
        assert outlook is not None
        Post.objects.filter(pk=posts[0].pk).delete()
        again = private_inputs(JUNE)[area["network"].code, "gp"]
        assert again.digest != outlook.inputs_digest

    def test_nothing_more_exact_than_whole_sessions_and_per_cents_is_kept(
        self, area: Places
    ) -> None:
        enough(area)
        make()
        outlook = cell(area).standing
        assert outlook is not None
        assert [each["years"] for each in outlook.figures["horizons"]] == [1, 3, 5, 10]
        for each in outlook.figures["horizons"]:
            chances = each.pop("chances")
            assert all(isinstance(value, int) for value in each.values())
            assert all(round(chance, 2) == chance for _, chance in chances)
            assert each["low80"] <= each["expected"] <= each["high80"]
            assert each["retirement"] <= each["expected"]

    def test_beside_it_stands_the_public_outlook_of_the_same_month(self, area: Places) -> None:
        for practice in {post.organisation for post in enough(area)}:
            profile_of(practice, SEVEN, dt.date(2026, 4, 1))
        other = practice_with(area, 0, shares=[])
        profile_of(other, SEVEN, dt.date(2026, 4, 1))
        # As loaded files would make them.
        add_up(dt.date(2026, 4, 1))
        make()
        outlook = cell(area).standing
        public = public_outlook(area["network"], dt.date(2026, 4, 1))
        assert outlook is not None
        assert public is not None
        told = outlook.figures["public"]["horizons"]
        assert [each["expected"] for each in told] == [
            round(public.horizons[each["years"]].expected) for each in told
        ]
        assert [each["high80"] for each in told] == [
            round(public.horizons[each["years"]].high80) for each in told
        ]
        # Twelve of its own and seven published ones: fewer than four practices of seven.
        assert outlook.figures["sessions_now"] == 80
        assert outlook.figures["public"]["sessions_now"] == 176

    def test_without_published_figures_nothing_stands_beside_it(self, area: Places) -> None:
        enough(area)
        make()
        outlook = cell(area).standing
        assert outlook is not None
        assert outlook.figures["public"] is None


class TestExplained:
    def test_the_record_of_then_gives_the_figures_of_then(self, area: Places) -> None:
        enough(area)
        make()
        make(JULY)
        found = explained(month=JULY)
        assert found is not None
        assert [(each.same_inputs, each.same_figures) for each in found] == [(True, True)] * 2
        assert {each.outlook.snapshot.month for each in found} == {JUNE}

    def test_a_record_corrected_since_is_said(self, area: Places) -> None:
        posts = enough(area)
        make()
        Person.objects.filter(pk=posts[0].person_id).update(year_of_birth=1950)
        found = explained(month=JUNE)
        assert found is not None
        assert not any(each.same_inputs for each in found)

    def test_other_versions_are_said(self, area: Places) -> None:
        enough(area)
        make()
        outlook = cell(area).standing
        assert outlook is not None
        outlook.figures["sessions_now"] += 1
        outlook.save()
        found = explained(month=JUNE)
        assert found is not None
        assert {(each.same_inputs, each.same_figures) for each in found} == {
            (True, True),
            (True, False),
        }

    def test_a_month_that_was_not_made_has_nothing_to_explain(self, area: Places) -> None:
        assert explained(month=JUNE) is None
