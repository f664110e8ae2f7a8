"""The broken files that people upload: each is made here, as bytes, when a test asks for it."""

import gzip
import zipfile
from collections.abc import Callable, Mapping

from tests.factories.hostile_archives import (
    MAP,
    MEGABYTE,
    a_million_empty_rows,
    book,
    encrypted_zip,
    exploding_xml,
    far_bulletin,
    in_encoding,
    linked_workbook,
    lying_bomb,
    lying_zip,
    named_again_and_again,
    tar,
    zip_packed_by,
    zip_with_a_link,
)
from tests.factories.workbooks import pack, workbook_bytes, workbook_parts
from tests.retention.imports.bulletins import PLACES, bulletin_bytes
from tests.retention.imports.published_files import (
    MAP_ROW,
    NETWORK_HEADER,
    csv_bytes,
    dates_bytes,
    deprivation_rows,
    history_bytes,
    level_rows,
    map_rows,
    member_cells,
    network_cells,
    patient_rows,
    post_rows,
    zip_bytes,
)

MAP_TEXT = MAP.decode()
HEADER, FIRST, *_ = MAP.split(b"\r\n")
Broken = tuple[Callable[[], bytes], str]


def map_with(**change: str) -> Callable[[], bytes]:
    """Return the maker of a map whose second row has a change."""
    return lambda: csv_bytes(map_rows({}, change))


EMPTY = "The file is empty"
DAMAGED = "damaged or only partly downloaded"
FORMULA = "like a formula"
OTHER = "not one that the service can read"

NOT_TABLES: Mapping[str, Broken] = {
    "nothing": (lambda: b"", EMPTY),
    "only blank lines": (lambda: b"\r\n \r\n\t\r\n", EMPTY),
    "only a byte-order mark": (lambda: b"\xef\xbb\xbf", EMPTY),
    "a picture named .csv": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(400), "This is a picture"),
    "a photograph": (lambda: b"\xff\xd8\xff\xe0" + bytes(400), "This is a picture"),
    "a PDF": (lambda: b"%PDF-1.7\n%...", "This is a PDF"),
    "an old Excel file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(400), "older Excel"),
    "a workbook with a password": (
        lambda: b"\xd0\xcf\x11\xe0" + bytes(400) + "EncryptedPackage".encode("utf-16-le"),
        "has a password",
    ),
    "a web page of an error": (lambda: b"<html><title>404</title></html>", "This is a web page"),
    "gzip": (lambda: gzip.compress(MAP), "packed with gzip"),
    "tar": (tar, "bytes that no text has"),
    "7-Zip": (lambda: b"7z\xbc\xaf\x27\x1c" + bytes(40), "packed with 7-Zip"),
    "RAR": (lambda: b"Rar!\x1a\x07\x00" + bytes(40), "packed with RAR"),
    "random bytes": (lambda: bytes(range(256)) * 4, "bytes that no text has"),
    "UTF-16": (lambda: MAP_TEXT.encode("utf-16"), "UTF-16"),
    "UTF-16 without a mark": (lambda: MAP_TEXT.encode("utf-16-le"), "bytes that no text has"),
    "a NUL in a name": (lambda: MAP.replace(b"WILLOW", b"WIL\x00OW", 1), "bytes that no text has"),
    "two encodings": (
        lambda: MAP.replace(b"WILLOW LANE", "É".encode() + b"\xc9", 1),
        "a letter in another encoding",
    ),
}
ZIPS: Mapping[str, Broken] = {
    "a zip cut short": (lambda: zip_bytes({"map.csv": MAP})[:-40], DAMAGED),
    "a zip with a wrong byte": (
        lambda: zip_bytes({"map.csv": MAP}).replace(b"map.csv", b"map.cs\xff", 1),
        DAMAGED,
    ),
    "a zip that lies about a size": (lying_zip, DAMAGED),
    "a zip that lies to unpack to more": (lying_bomb, OTHER),
    "a zip packed by LZMA": (lambda: zip_packed_by(zipfile.ZIP_LZMA), "in a way"),
    "a zip packed by bzip2": (lambda: zip_packed_by(zipfile.ZIP_BZIP2), "in a way"),
    "a zip with a password": (encrypted_zip, "The zip has a password"),
    "an empty zip": (lambda: zip_bytes({}), "The zip holds no file"),
    "a zip in a zip": (
        lambda: zip_bytes({"inner.zip": zip_bytes({"map.csv": MAP})}),
        "Unpack the outer zip",
    ),
    "a zip bomb": (lambda: zip_bytes({"map.csv": bytes(20 * MEGABYTE)}), "far more than"),
    "a zip of 51 files": (
        lambda: zip_bytes({f"{n}.csv": b"a" for n in range(51)}),
        "The zip holds 51 files",
    ),
    "a zip that climbs out of its folder": (
        lambda: zip_bytes({"../../etc/cron.d/job": b"* * * * * root true\n"}),
        OTHER,
    ),
    "a zip of a symbolic link": (zip_with_a_link, OTHER),
    "a zip of one good and one bad row": (
        lambda: zip_bytes({"map.csv": MAP + b"too,short\r\n"}),
        "has 2 cells and the header 17",
    ),
}
WORKBOOKS: Mapping[str, Broken] = {
    "a Word file": (lambda: zip_bytes({"[Content_Types].xml": b"<T/>"}), "This is a Word"),
    "an OpenDocument file": (
        lambda: zip_bytes({"mimetype": b"application/vnd.oasis", "content.xml": b"<x/>"}),
        "This is an OpenDocument file",
    ),
    "a workbook cut short": (lambda: workbook_bytes({"A": [["a"]]})[:-30], DAMAGED),
    "a workbook of broken XML": (lambda: book("<row><c>"), "damaged"),
    "the wrong sheet": (lambda: workbook_bytes({"Rota": [["Day", "Shift"], ["Mon", "am"]]}), OTHER),
    "one sheet of two": (
        lambda: workbook_bytes({"A": [NETWORK_HEADER, ["U90001"]]}),
        "one of its two sheets",
    ),
    "formulas without results": (
        lambda: book('<row r="1"><c r="A1"><f>1+1</f></c></row>'),
        "holds a formula without its result",
    ),
    "a workbook of 16,384 columns": (
        lambda: book('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        "more than 5,000 columns",
    ),
    "a million empty rows": (a_million_empty_rows, "empty rows one after another"),
    "exploding XML": (exploding_xml, "document type"),
    "a sheet on another machine": (linked_workbook, "damaged"),
    "a workbook bomb": (
        lambda: pack(
            {**workbook_parts({"A": ""}), "xl/worksheets/sheet1.xml": bytes(20 * MEGABYTE)}
        ),
        "far more than",
    ),
    "a workbook in no encoding": (lambda: in_encoding("nonsense"), "The workbook is damaged"),
    "a workbook in a coding of bytes": (lambda: in_encoding("utf-7"), "The workbook is damaged"),
    "a workbook of one long text": (
        lambda: named_again_and_again("spam " * 100_000),
        "a spreadsheet program lets it hold 32,767",
    ),
    "a row of one text again and again": (
        lambda: named_again_and_again(" " * 32_767),
        "longer than 1,000,000",
    ),
    "a row far below the last": (
        lambda: book('<row r="99999999999"><c><v>1</v></c></row>'),
        "The workbook is damaged",
    ),
    "a workbook of 101 sheets": (
        lambda: workbook_bytes({f"S{n}": [["a"]] for n in range(101)}),
        "has 101 sheets",
    ),
    "a bulletin with a far cell": (far_bulletin, "far larger than a table"),
    "a bulletin of a place without a code": (
        lambda: bulletin_bytes({"6b": [*PLACES[:3], ["North East and Yorkshire", "x", 1, 2, 3]]}),
        "is no code of a place",
    ),
    "a workbook of formulas in names": (
        lambda: workbook_bytes(
            {"Map": [list(MAP_ROW), list(map_rows({"PRACTICE_NAME": "=1+1"})[0].values())]}
        ),
        FORMULA,
    ),
}
TABLES: Mapping[str, Broken] = {
    "a header and no rows": (lambda: HEADER + b"\r\n", "a header and no rows"),
    "rows and no header": (lambda: FIRST + b"\r\n", OTHER),
    "ten million columns": (lambda: b"a" + b"," * 10_000_000 + b"\n", "longer than 1,000,000"),
    "six thousand columns": (lambda: b"," * 6_000 + b"a\n", "6,001 columns"),
    "one enormous line": (lambda: HEADER + b"\n" + b"x" * 5_000_000, "longer than 1,000,000"),
    "one enormous cell": (
        lambda: HEADER + b'\n"' + b"x\n" * 500_000,
        "a cell or a row is too long",
    ),
    "a row of line breaks in quotation marks": (
        lambda: HEADER + b'\n"a\n"' + b',"b\n"' * 2_000_000,
        "a cell or a row is too long",
    ),
    "a quotation mark never closed": (lambda: HEADER + b'\n"A81001,x\n', "quotation mark"),
    "semicolons": (lambda: MAP.replace(b",", b";"), "not separated by commas"),
    "tabs": (lambda: MAP.replace(b",", b"\t"), "not separated by commas"),
    "a column twice": (
        lambda: MAP.replace(b"SUPPLIER_NAME", b"PRACTICE_NAME"),
        "“practice_name” more than once",
    ),
    "a column missing": (
        lambda: MAP.replace(b"PRACTICE_POSTCODE", b"POSTAL_CODE"),
        "Columns are missing: PRACTICE_POSTCODE",
    ),
    "a row cut short": (lambda: MAP[:-20], "the header 17 columns"),
    "two million rows": (lambda: b"postcode,latitude,longitude\n" + b"x\n" * 2_000_000, "10,000"),
    "another month than given": (
        lambda: csv_bytes(map_rows({}, {"EXTRACT_DATE": "01Aug2026"})),
        "The extract date differs",
    ),
    "a formula that starts a program": (map_with(PRACTICE_NAME="=cmd|' /C calc'!A0"), FORMULA),
    "a formula behind an at": (map_with(PCN_NAME="@SUM(1)"), FORMULA),
    "an invisible letter": (map_with(PRACTICE_NAME="WILL\u202eOW"), "an invisible character"),
    "a very long name": (map_with(PRACTICE_NAME="x" * 5_000), "the most is 200"),
    "a date of 1900": (map_with(EXTRACT_DATE="01Jan1900"), "not a date"),
    "a date of 2999": (map_with(EXTRACT_DATE="01Jan2999"), "not a date"),
    "a practice twice": (lambda: csv_bytes([*map_rows({}), *map_rows({})]), "already on line 2"),
    "heads below zero": (lambda: csv_bytes(level_rows({"total_gp_hc": "-6"})), "below zero"),
    "heads of 1e400": (lambda: csv_bytes(level_rows({"total_gp_hc": "1e400"})), "whole number"),
    "FTE of NaN": (lambda: csv_bytes(level_rows({"total_gp_fte": "NaN"})), "not a number"),
    "posts below zero": (lambda: csv_bytes(post_rows({"FTE": "-1"})), "below zero"),
    "patients that do not add up": (
        lambda: csv_bytes(patient_rows({"Z90001": 1}, wider=41)),
        "part of the file is missing",
    ),
    "a score of 1e400": (
        lambda: csv_bytes(deprivation_rows({"IMD_SCORE": "1e400"})),
        "from 0 to 100",
    ),
    "a closing before the opening": (
        lambda: dates_bytes({11: "20220101", 12: "20210101"}),
        "before it opened",
    ),
    "a leaving before the joining": (
        lambda: dates_bytes({16: "20200401", 17: "20190331"}),
        "before it joined",
    ),
    "a practice in two networks": (
        lambda: history_bytes(
            [network_cells("U90001")],
            [member_cells("Z90001", f"U9000{n}", "20190701") for n in (1, 2)],
        ),
        "at the same time",
    ),
}


ALL: Mapping[str, Broken] = {**NOT_TABLES, **ZIPS, **WORKBOOKS, **TABLES}
