"""Zips and workbooks that are packed or written to do harm, as bytes."""

import io
import stat
import struct
import tarfile
import zipfile
import zlib

from tests.factories.workbooks import (
    cell_xml,
    column_letters,
    pack,
    workbook_parts,
)
from tests.retention.imports.published_files import csv_bytes, map_rows, zip_bytes

MAP = csv_bytes(map_rows({}, {}))
MEGABYTE = 1_048_576


def encrypted_zip() -> bytes:
    """Return a zip whose member says that it is encrypted."""
    data = bytearray(zip_bytes({"map.csv": MAP}))
    for start, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(start) + flags_at] |= 1
    return bytes(data)


def lying_zip() -> bytes:
    """Return a zip whose directory declares one byte for a member that unpacks to more."""
    data = bytearray(zip_bytes({"map.csv": MAP}))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 1)
    return bytes(data)


def lying_bomb() -> bytes:
    """Return a zip whose directory declares a thousand bytes for a member of 100 MB."""
    unpacked = b"a,b\n" + b"0" * (100 * MEGABYTE)
    data = bytearray(zip_bytes({"map.csv": unpacked}))
    directory = data.index(b"PK\x01\x02")
    # With the right sum of what it declares, nothing looks wrong before it is unpacked.
    struct.pack_into("<I", data, directory + 16, zlib.crc32(unpacked[:1000]))
    struct.pack_into("<I", data, directory + 24, 1000)
    return bytes(data)


def zip_packed_by(method: int) -> bytes:
    """Return a zip of a good file, packed in a way that no zip program uses unasked."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("map.csv", MAP)
    return stream.getvalue()


def zip_with_a_link() -> bytes:
    """Return a zip whose only member is a symbolic link to a file of the machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("map.csv")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def tar() -> bytes:
    """Return a tar archive of a good file."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        member = tarfile.TarInfo("map.csv")
        member.size = len(MAP)
        archive.addfile(member, io.BytesIO(MAP))
    return stream.getvalue()


def book(rows: str, before: str = "") -> bytes:
    """Return a workbook with one sheet of this XML."""
    return pack(workbook_parts({"Data": rows}, before=before))


def a_million_empty_rows() -> bytes:
    """Return a workbook that declares the largest sheet there is, of rows without a cell."""
    empty = "".join(f'<row r="{line}"/>' for line in range(1, 1_000_001))
    return book(empty, before='<dimension ref="A1:XFD1048576"/>')


def far_bulletin() -> bytes:
    """Return a bulletin of which one table has a far cell in its title, and many short rows."""
    title = cell_xml("A1", "Table 2b: General Medical Practice staff: headcount")
    far = cell_xml("GJG1", "far")
    rows = "".join(f'<row r="{n}">{cell_xml(f"A{n}", str(n))}</row>' for n in range(2, 5_000))
    return book(f'<row r="1">{title}{far}</row>{rows}')


def named_again_and_again(text: str) -> bytes:
    """Return a workbook with a row of 5,000 cells that all name one shared text."""
    row = "".join(f'<c r="{column_letters(n)}1" t="s"><v>0</v></c>' for n in range(1, 5_001))
    return pack(workbook_parts({"Data": f'<row r="1">{row}</row>'}, shared=[text]))


def in_encoding(name: str) -> bytes:
    """Return a workbook whose sheet declares an encoding."""
    sheet = f'<?xml version="1.0" encoding="{name}"?><worksheet/>'
    return pack({**workbook_parts({"Data": ""}), "xl/worksheets/sheet1.xml": sheet.encode()})


def exploding_xml() -> bytes:
    """Return a workbook whose sheet would unfold to a thousand million letters."""
    levels = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
    )
    sheet = f"<!DOCTYPE x [{levels}]><worksheet><c>&l9;</c></worksheet>"
    return pack({**workbook_parts({"Data": ""}), "xl/worksheets/sheet1.xml": sheet.encode()})


def linked_workbook() -> bytes:
    """Return a workbook whose sheet lies on another machine."""
    parts = workbook_parts({"Data": ""})
    name = "xl/_rels/workbook.xml.rels"
    outside = parts[name].replace(
        b'Target="', b'TargetMode="External" Target="http://example.invalid/'
    )
    return pack({**parts, name: outside})
