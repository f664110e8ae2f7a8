import pytest

from hubs.demo.names import GIVEN_NAMES, PLACES, SURNAME_ENDS, SURNAME_STARTS, Names, practice_name
from hubs.demo.places import NETWORK_NAMES, PRACTICES
from hubs.demo.seed import stream
from retention.imports.practice_map import PracticeMapRow


def test_no_name_is_given_twice() -> None:
    names = Names(stream("test"))
    given = [names.person("female") for _ in range(2_000)]
    assert len(set(given)) == 2_000


def test_a_name_is_a_given_name_and_a_made_up_surname() -> None:
    title, given, surname = Names(stream("test")).person("male", "Dr").split()
    assert title == "Dr"
    assert given in GIVEN_NAMES["male"]
    assert surname in {start + end for start in SURNAME_STARTS for end in SURNAME_ENDS}


def test_practices_have_names_of_their_own() -> None:
    assert len({practice_name(number) for number in range(PRACTICES)}) == PRACTICES


@pytest.mark.real_data
def test_no_real_practice_or_network_has_such_a_name(real_map: list[PracticeMapRow]) -> None:
    printed = [name for row in real_map for name in (row.practice_name, row.pcn_name)]
    real = {name.lower() for name in printed if name}
    for invented in (*PLACES, *NETWORK_NAMES):
        assert [name for name in real if invented.lower() in name] == []
