from dataclasses import dataclass, field

from retention.presenters.page_sections import (
    AREA,
    MOST_WITHOUT_CONTENTS,
    NETWORK,
    PRACTICE,
    Section,
    page_sections,
)


@dataclass
class Page:
    parts: list[str] = field(default_factory=list)


def section(needs: str) -> Section:
    return Section("one", "One", "one.html", needs)


def test_a_part_is_shown_where_what_it_needs_is_there() -> None:
    assert section("page.parts").is_shown({"page": Page(["x"])})
    assert section("page").is_shown({"page": Page()})
    for context in ({}, {"page": None}, {"page": Page()}):
        assert not section("page.parts").is_shown(context)


def test_parts_keep_their_order_and_a_short_page_has_no_contents() -> None:
    listed = [Section(str(i), str(i), "", "yes") for i in range(MOST_WITHOUT_CONTENTS + 1)]
    found = page_sections(listed, {"yes": True})
    assert [each.id for each in found.shown] == ["0", "1", "2", "3"]
    assert found.have_contents
    assert not page_sections(listed[1:], {"yes": True}).have_contents
    assert page_sections(listed, {}).shown == ()


def test_no_two_parts_of_a_page_share_an_id_or_a_title() -> None:
    for listed in (NETWORK, PRACTICE, AREA):
        assert len({each.id for each in listed}) == len(listed)
        assert len({each.title for each in listed}) == len(listed)
