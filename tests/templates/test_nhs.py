"""The components: each says in words what it shows, and escapes what it is given."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

TABLE = {
    "headers": ["Age band", "GPs", "Sessions"],
    "rows": [["Under 45", "120", "900"], ["60 to 64 <b>", "*", "88"]],
}
CHART = {
    "id": "ages",
    "title": "GPs by age band",
    "description": 'Bars: 120 under 45, "few" above',
    "wide_url": "/charts/ages.svg?w=900",
    "narrow_url": "/charts/ages.svg?w=300",
    "table": TABLE,
}


def component(name: str, **context: Any) -> str:
    """Return one component."""
    return render_to_string(f"nhs/{name}.html", context)


def test_table_scrolls_in_a_region_with_its_name() -> None:
    html = component("table", table=TABLE, caption="GPs by age", id="ages")
    assert 'role="region" aria-labelledby="ages-caption" tabindex="0"' in html
    assert re.search(r'<caption[^>]*id="ages-caption"><span[^>]*>GPs by age</span></caption>', html)


def test_table_tells_headers_from_numbers() -> None:
    html = component("table", table=TABLE, caption="GPs", id="ages")
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 2
    assert html.count("nhsuk-table__cell--numeric") == 4
    assert html.count("nhsuk-table__header--numeric") == 2
    assert "60 to 64 &lt;b&gt;" in html


def test_table_of_words_is_not_set_as_numbers() -> None:
    html = component("table", table=TABLE, caption="GPs", id="ages", numeric=False)
    assert "numeric" not in html


def test_caption_can_be_for_screen_readers_alone() -> None:
    html = component("table", table=TABLE, caption="GPs", id="ages", caption_hidden=True)
    assert '<span class="nhsuk-u-visually-hidden">GPs</span>' in html


def test_chart_has_a_description_and_a_table() -> None:
    html = component("chart", chart=CHART)
    assert 'alt="Bars: 120 under 45, &quot;few&quot; above"' in html
    assert 'aria-labelledby="chart-ages-title"' in html
    assert 'id="chart-ages-table"' in html
    assert ">900<" in html


def test_chart_is_drawn_anew_for_a_phone() -> None:
    html = component("chart", chart=CHART)
    assert '<source media="(max-width: 640px)" srcset="/charts/ages.svg?w=300">' in html
    assert 'src="/charts/ages.svg?w=900"' in html


def test_table_of_a_chart_can_be_open() -> None:
    assert re.search(r"<details[^>]* open>", component("chart", chart=CHART, table_open=True))
    assert not re.search(r"<details[^>]* open>", component("chart", chart=CHART))


def test_two_charts_share_no_id() -> None:
    html = component("chart", chart=CHART) + component("chart", chart=CHART | {"id": "risk"})
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 10


def test_summary_list_shows_facts_and_what_can_change() -> None:
    html = component(
        "summary_list", rows=[("Rate", "£82"), ("Place", "<i>", "/change/", "Change place")]
    )
    assert html.count("nhsuk-summary-list__row--no-actions") == 1
    assert "&lt;i&gt;" in html
    assert re.search(r'href="/change/">Change place<', html)


def test_stat_card_has_number_words_and_note() -> None:
    html = component("stat_card", value="88", label="sessions", note="80% interval 60 to 120")
    assert re.search(r"88<.*sessions<.*60 to 120<", html, re.S)
    assert "<a" not in html


def test_stat_card_can_lead_on() -> None:
    assert 'href="/x/"' in component("stat_card", value="*", label="mentors", url="/x/")


def test_tag_has_a_colour() -> None:
    assert "nhsuk-tag--red" in component("tag", text="Flagged", colour="red")


def test_empty_list_says_what_to_do() -> None:
    html = component("empty", text="No schemes yet.", url="/new/", action="Draft the first one")
    assert re.search(r'href="/new/">Draft the first one', html)
    assert "<a" not in component("empty", text="None.")


def pages(number: int, query: str = "") -> str:
    """Return the links of page `number` of three."""
    request = RequestFactory().get(f"/people/{query}")
    page = Paginator(range(30), 10).page(number)
    return render_to_string("nhs/pagination.html", {"page": page}, request)


def test_pages_lead_both_ways_and_keep_the_filter() -> None:
    html = pages(2, "?role=gp&page=2")
    assert "role=gp&amp;page=1" in html
    assert "role=gp&amp;page=3" in html
    assert "1 of 3" in html
    assert "3 of 3" in html


def test_first_and_last_page_lead_one_way() -> None:
    assert 'rel="prev"' not in pages(1)
    assert 'rel="next"' not in pages(3)


def test_single_page_has_no_links() -> None:
    page = Paginator(range(3), 10).page(1)
    assert not component("pagination", page=page).strip()
