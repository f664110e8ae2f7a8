"""What is left of two practices that are gone, and of a network's earlier name."""

from hubs.demo.former import CHANGES, NAME_BEFORE, RENAMED
from hubs.demo.load import Demo
from organisations.models import Organisation
from organisations.models.link import LinkKind
from retention.models import Post
from retention.models.post import EndReason


def former(made: Demo, *, merged: bool) -> tuple[Organisation, Organisation]:
    """Return the practice that merged or closed, and the one that its people went to."""
    change = next(one for one in CHANGES if one.merged == merged)
    place = next(one for one in made.places.former if one.code == change.code)
    return place, made.places.practices[change.into]


def posts_at(made: Demo, place: Organisation) -> list[Post]:
    return [post for post in made.records.posts if post.organisation is place]


def test_nothing_leads_to_them_any_more_but_their_history(made: Demo) -> None:
    for place in made.places.former:
        links = [link for link in made.places.links if link.child is place]
        belonged = [link for link in links if link.kind != LinkKind.SUCCEEDED_BY]
        assert {link.kind for link in belonged} == {"practice_network", "practice_sub_icb"}
        assert {link.ends_on for link in belonged} == {place.ends_on}
        shares = [one for one in made.places.sharing if one.practice is place]
        assert {one.ends_on for one in shares} == {place.ends_on}


def test_one_merged_and_the_other_closed(made: Demo) -> None:
    merged, into = former(made, merged=True)
    closed, _ = former(made, merged=False)
    succeeded = [link for link in made.places.links if link.kind == LinkKind.SUCCEEDED_BY]
    assert [(link.child, link.parent, link.starts_on) for link in succeeded] == [
        (merged, into, merged.ends_on)
    ]
    assert {post.end_reason for post in posts_at(made, merged)} == {EndReason.PRACTICE_MERGED}
    assert {post.end_reason for post in posts_at(made, closed)} == {EndReason.PRACTICE_CLOSED}


def test_people_went_along_with_their_weeks(made: Demo) -> None:
    for is_merger in (True, False):
        place, into = former(made, merged=is_merger)
        change = next(one for one in CHANGES if one.code == place.code)
        before = posts_at(made, place)
        assert len(before) == change.gps + change.nurses
        for post in before:
            assert post.ends_on == place.ends_on
            [after] = [p for p in posts_at(made, into) if p.person is post.person]
            assert (after.starts_on, after.role) == (post.ends_on, post.role)
            patterns = [p for p in made.records.patterns if p.post in (post, after)]
            assert any(p.post is post and p.ends_on == post.ends_on for p in patterns)
            assert any(p.post is after and p.starts_on == after.starts_on for p in patterns)


def test_a_network_had_another_name(made: Demo) -> None:
    network = made.places.networks[RENAMED]
    names = sorted(
        (one for one in made.places.names if one.organisation is network),
        key=lambda one: one.starts_on,
    )
    assert [one.name for one in names] == [NAME_BEFORE, network.name]
    assert names[0].ends_on == names[1].starts_on
    assert names[1].ends_on is None
