from models.standard_table import standard_table
from retention.presenters.method import method_page


def test_table_has_every_age_and_says_what_each_rests_on() -> None:
    page = method_page(standard_table())
    assert page.table.rows[0] == ["25", "0.2%", "21.4%", "Published"]
    assert page.table.rows[-1][0] == "75 and over"
    assert len(page.table.rows) == 51
    assert {len(row) for row in page.table.rows} == {len(page.table.headers)}


def test_page_says_constructed_with_sources_and_version() -> None:
    page = method_page(standard_table())
    assert page.is_constructed
    assert page.version == "GP-England-2026.2"
    assert len(page.sources) == 3
    assert (page.spread_all, page.spread_retirement) == ("15%", "20%")
