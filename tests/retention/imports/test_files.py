"""Files are opened by content, within limits, or refused with a sentence that helps."""

import io
import re
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.imports import files
from retention.imports.files import UnreadableFileError, text_file, unpack
from retention.imports.recognise import read_file
from tests.retention.imports.published_files import csv_bytes, map_rows, zip_bytes

PLAIN = csv_bytes(map_rows({}))
ZIPPED = zip_bytes({"map.csv": PLAIN})
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def with_password() -> bytes:
    """Return a zip whose only member says that it is encrypted."""
    data = bytearray(ZIPPED)
    for start, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(start) + flags_at] |= 1
    return bytes(data)


def with_unknown_packing() -> bytes:
    """Return a zip packed by a method that does not exist."""
    data = bytearray(ZIPPED)
    for start, method_at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(start) + method_at, 77)
    return bytes(data)


def with_smaller_declared_size() -> bytes:
    """Return a zip whose directory says that its member is one byte long."""
    data = bytearray(ZIPPED)
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 1)
    return bytes(data)


BROKEN = {
    "empty": (b"", "The file is empty"),
    "only spaces": (b" \r\n\r\n", "The file is empty"),
    "picture": (PNG, "This is a picture"),
    "photograph": (b"\xff\xd8\xff\xe0rest", "This is a picture"),
    "animated picture": (b"GIF89a...", "This is a picture"),
    "PDF": (b"%PDF-1.7 ...", "This is a PDF document"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as CSV"),
    "gzip": (b"\x1f\x8b\x08rest", "packed with gzip"),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c", "packed with 7-Zip"),
    "RAR": (b"Rar!\x1a\x07", "packed with RAR"),
    "web page": (b"\n<!DOCTYPE html><html>Sign in</html>", "This is a web page"),
    "UTF-16": (PLAIN.decode().encode("utf-16"), "UTF-16"),
    "NUL bytes": (PLAIN[:60] + b"\x00" + PLAIN[60:], "bytes that no text has"),
    "two encodings": (PLAIN + "é,".encode() + "é\n".encode("latin-1"), "Line 3 has a letter"),
    "broken UTF-8 after a BOM": (b"\xef\xbb\xbfa,b\n\xe9,1\n", "Line 2 has a letter"),
    "truncated zip": (ZIPPED[:-30], "only partly downloaded"),
    "damaged zip": (ZIPPED[:60] + b"\xff\xff\xff" + ZIPPED[63:], "damaged"),
    "zip with a wrong size": (with_smaller_declared_size(), "damaged"),
    "zip with a password": (with_password(), "The zip has a password"),
    "zip of an unknown kind": (with_unknown_packing(), "packed in a way"),
    "zip of nothing": (zip_bytes({}), "The zip holds no file"),
    "zip of a zip": (zip_bytes({"inner.zip": ZIPPED}), "Unpack the outer zip"),
    "zip of a picture": (zip_bytes({"map.csv": PNG}), "This is a picture"),
    "zip of many": (zip_bytes({f"{n}.csv": PLAIN for n in range(51)}), "The zip holds 51 files"),
    "zip bomb": (zip_bytes({"map.csv": bytes(3 * files.MEGABYTE)}), "far more than a published"),
    "Word": (zip_bytes({"[Content_Types].xml": b"<Types/>"}), "This is a Word, PowerPoint or"),
}


@pytest.mark.parametrize(("data", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_refused_with_its_own_message(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFileError, match=re.escape(message)):
        read_file(data)


def test_a_message_says_what_to_do_and_ends_as_a_sentence() -> None:
    for data, _ in BROKEN.values():
        with pytest.raises(UnreadableFileError) as refusal:
            read_file(data)
        message = str(refusal.value)
        assert message.endswith(".")
        assert re.search(
            r"\b(choose|download|export|mend|open|pack|save|unpack|use)\b", message, re.I
        )


def test_a_large_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 100)
    path = tmp_path / "map.csv"
    path.write_bytes(PLAIN)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(UnreadableFileError, match="the most is 0 MB"):
        unpack(path)
    with pytest.raises(UnreadableFileError, match="the most is 0 MB"):
        unpack(PLAIN)


def test_a_zip_that_declares_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_UNPACKED_BYTES", len(PLAIN) - 1)
    with pytest.raises(UnreadableFileError, match="the most is"):
        unpack(ZIPPED)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        unpack(tmp_path / "none.csv")


def test_a_zip_keeps_its_members_names_and_leaves_out_clutter() -> None:
    data = zip_bytes({"folder/": b"", "folder/map.csv": PLAIN, "__MACOSX/._map.csv": b"\x00"})
    assert unpack(data) == [("folder/map.csv", PLAIN)]


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("name\nSt André\n".encode(), "utf-8-sig", "name\nSt André\n"),
        ("\ufeffname\n".encode(), "utf-8-sig", "name\n"),
        ("name\nSt André\n".encode("latin-1"), "cp1252", "name\nSt André\n"),
        ("name\nA – B\n".encode("cp1252"), "cp1252", "name\nA – B\n"),
        (b"name\nSt Andr\xe9 \x81\n", "latin-1", "name\nSt André \x81\n"),
    ],
)
def test_the_encoding_is_decided_by_content(data: bytes, encoding: str, text: str) -> None:
    file = text_file(data)
    assert file.encoding == encoding
    with file.lines() as lines:
        assert lines.read() == text


@given(st.integers(0, len(ZIPPED) - 1), st.integers(0, 255), st.integers(0, len(ZIPPED)))
def test_no_damage_to_a_zip_gives_a_traceback(place: int, byte: int, length: int) -> None:
    data = bytearray(ZIPPED)
    data[place] = byte
    try:
        codes = [row.practice_code for row in read_file(bytes(data[:length]))[0].rows]
    except UnreadableFileError:
        codes = []
    assert codes in (["Z90001"], [])


def test_members_are_stored_without_packing_too() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("map.csv", PLAIN)
    assert unpack(stream.getvalue()) == [("map.csv", PLAIN)]
