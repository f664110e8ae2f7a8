"""What programs may send: parts of lists, codes, texts."""

import pytest
from ninja import Schema
from pydantic import ValidationError

from accounts.api_types import Code, Line, Paging, Slug, Version


class Sent(Schema):
    code: Code = "U1"
    slug: Slug = "a"
    line: Line = ""
    version: Version = 0


@pytest.mark.parametrize(
    ("offset", "limit", "part"), [(0, 2, [1, 2]), (2, 2, [3]), (3, 2, []), (0, 200, [1, 2, 3])]
)
def test_a_part_comes_with_the_length_of_the_whole(
    offset: int, limit: int, part: list[int]
) -> None:
    assert Paging(offset=offset, limit=limit).of([1, 2, 3]) == (part, 3)


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 201}, {"offset": -1}, {"offset": 10**7}])
def test_no_part_is_without_bounds(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Paging(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "U1\n"},
        {"code": "U\x001"},
        {"code": "U" * 13},
        {"code": ""},
        {"slug": "a/b"},
        {"line": "a\x00"},
        {"version": -1},
        {"version": 2**31},
    ],
)
def test_what_a_database_would_refuse_is_refused_before(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Sent.model_validate(wrong)
