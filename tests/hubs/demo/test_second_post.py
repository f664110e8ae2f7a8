from hubs.demo.accounts import BY_KEY
from hubs.demo.load import Demo
from retention.queries.clashes import Held, find_clashes
from retention.queries.patterns import Shape


def test_two_posts_in_two_practices_meet_on_one_half_day(made: Demo) -> None:
    account = BY_KEY["partner"].email
    posts = [
        post
        for post in made.records.posts
        if post.person.user and post.person.user.email == account and post.ends_on is None
    ]
    assert len({post.organisation.code for post in posts}) == len(posts) == 2
    held = []
    for post in posts:
        [pattern] = [p for p in made.records.patterns if p.post is post and p.ends_on is None]
        cells = [cell for cell in made.records.cells if cell.pattern is pattern]
        week = {(cell.weekday, cell.part): (cell.kind, cell.minutes) for cell in cells}
        held.append(Held(post, Shape(week), pattern.starts_on))
    [clash] = find_clashes(held)
    assert clash.every_week


def test_nobody_else_has_two(made: Demo) -> None:
    standing = [post.person.public_id for post in made.records.posts if post.ends_on is None]
    assert len(standing) == len(set(standing)) + 1
