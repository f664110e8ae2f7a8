"""The parts of a score add up to 1,000 at most, and know why."""

from hubs.scores import score_parts


def points(**change: object) -> dict[str, int]:
    best = {
        "interests": ["career", "teaching", "research"],
        "half_days": ["0am", "0pm", "1am"],
        "km": 3.2,
        "same_profession": True,
        "wants_same_profession": True,
    }
    parts = score_parts(**{**best, **change})  # type: ignore[arg-type]  # parts by name
    return {name: part["points"] for name, part in parts.items()}


def test_the_best_pair_has_a_thousand() -> None:
    assert sum(points().values()) == 1000


def test_the_worst_pair_has_none() -> None:
    worst = points(interests=[], half_days=[], km=None, same_profession=False)
    assert sum(worst.values()) == 0


def test_more_than_three_count_as_three() -> None:
    assert points(interests=["a", "b", "c", "d"]) == points()


def test_distance_goes_down_in_steps() -> None:
    ways = (5, 5.1, 15.1, 30.1, 60.1)
    assert [points(km=km)["distance"] for km in ways] == [200, 150, 100, 50, 0]


def test_a_wish_for_the_same_profession_never_adds_points() -> None:
    for same in (True, False):
        wished = points(same_profession=same, wants_same_profession=True)
        free = points(same_profession=same, wants_same_profession=False)
        assert wished["profession"] <= free["profession"] == 200


def test_parts_say_what_is_shared() -> None:
    parts = score_parts(
        interests=["career"],
        half_days=["0am"],
        km=11.4,
        same_profession=False,
        wants_same_profession=True,
    )
    assert parts["interests"] == {"points": 150, "of": 350, "shared": ["career"]}
    assert parts["distance"]["km"] == 11
    assert parts["profession"] == {"points": 0, "of": 200, "same": False, "wanted": True}
