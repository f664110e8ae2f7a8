"""What the sheets share: which styles are dates, which texts there are, which sheets."""

import io
import zipfile

import pytest

from retention.imports.files import UnreadableFileError
from retention.imports.workbook_shared import date_styles_of, texts_of


def archive(name: str, xml: str) -> zipfile.ZipFile:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(f"xl/{name}.xml", xml)
    return zipfile.ZipFile(stream)


def styles(formats: str, cells: str) -> frozenset[int]:
    named = '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    xml = f"<styleSheet><numFmts>{formats}</numFmts>{named}<cellXfs>{cells}</cellXfs></styleSheet>"
    return date_styles_of(archive("styles", xml))


def test_only_styles_of_cells_count() -> None:
    assert styles("", '<xf numFmtId="0"/><xf numFmtId="14"/><xf/>') == {1}


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd/mm/yyyy", True),
        ("[$-809]d mmmm yyyy", True),
        ("0.00", False),
        # Letters in quotes, colours and escapes are no parts of a date.
        ("0 &quot;days&quot;", False),
        ("[Red]0", False),
        ("0\\d", False),
    ],
)
def test_a_custom_format_with_a_day_month_or_year_is_a_date(code: str, is_date: bool) -> None:
    found = styles(f'<numFmt numFmtId="170" formatCode="{code}"/>', '<xf numFmtId="170"/>')
    assert found == (frozenset({0}) if is_date else frozenset())


def test_a_style_without_a_number_is_damage() -> None:
    with pytest.raises(UnreadableFileError, match="damaged"):
        styles("", '<xf numFmtId="many"/>')


def test_texts_come_in_order_and_rich_ones_in_one() -> None:
    rich = "<si><r><t>two </t></r><r><t>parts</t></r></si>"
    assert texts_of(archive("sharedStrings", f"<sst><si><t>one</t></si>{rich}<si/></sst>")) == (
        "one",
        "two parts",
        "",
    )
