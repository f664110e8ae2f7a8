from hubs.demo.seed import stable_id, stream


def test_a_section_draws_the_same_each_time() -> None:
    assert [stream("people").random() for _ in range(2)] == [stream("people").random()] * 2


def test_sections_are_apart() -> None:
    assert stream("people").random() != stream("weeks").random()


def test_ids_are_those_of_their_things() -> None:
    assert stable_id("person gp-1-1") == stable_id("person gp-1-1")
    assert stable_id("person gp-1-1") != stable_id("user gp-1-1")
