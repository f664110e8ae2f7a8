import datetime as dt

from hubs.demo.load import Demo
from hubs.demo.network_staff import ROLES
from retention.queries.network_staff import financial_year


def test_every_network_has_staff_in_three_months(made: Demo) -> None:
    months = {each.month for each in made.network_staff}
    assert months == {made.months[-1], made.months[-13], made.months[0]}
    assert len(made.network_staff) == 3 * len(made.places.networks)
    for each in made.network_staff:
        assert each.posts == sum(int(line[-2] or 0) for line in each.roles)


def test_there_is_one_clinical_director_and_each_role_is_published(made: Demo) -> None:
    for each in made.network_staff:
        counts = {(group, name): count for _, group, name, _, count, _ in each.roles}
        assert set(counts) <= set(ROLES)
        assert counts.get(("Directors", "Medical Clinical Director (GP)"), 1) == 1


def test_networks_differ_and_grow(made: Demo) -> None:
    newest = [each.posts for each in made.network_staff if each.month == made.months[-1]]
    before = [each.posts for each in made.network_staff if each.month == made.months[-13]]
    assert len(set(newest)) >= 5
    assert sum(before) < sum(newest)


def test_two_networks_entered_this_years_entitlement(made: Demo, made_on: dt.date) -> None:
    first, second = made.entitlements
    assert first.network is made.places.networks[0]
    assert first.pounds is not None
    assert first.committed is not None
    assert first.committed < first.pounds
    assert second.pounds is None
    assert second.fte is not None
    for each in made.entitlements:
        assert each.year == financial_year(made_on)
        assert each.entered_on <= made_on
        each.clean_fields(exclude=["network"])
