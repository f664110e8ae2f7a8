"""Opens what a user hands over: plain or zipped, in the encodings that publishers really use.

Nothing here looks at a file's name. A file that is too large, not text, damaged or packed to do
harm is refused with a sentence that says what to do.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

MEGABYTE = 1024 * 1024
# The largest published file (practice-level, 1,066 columns) is about 30 MB unpacked.
MAX_FILE_BYTES = 64 * MEGABYTE
MAX_UNPACKED_BYTES = 128 * MEGABYTE
MAX_MEMBERS = 50
# Published files pack 10 to 30 times smaller; a bomb packs about 1,000 times.
MAX_RATIO = 200
RATIO_COUNTS_FROM = MEGABYTE
# As every zip program packs. The other two ways that Python knows unfold without any limit.
PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
UNKNOWN_PACKING = "The zip is packed in a way this service does not know. Unpack it first."

SAVE_AS_CSV = (
    "Open it in a spreadsheet program and save it as CSV (comma delimited) or as an Excel workbook "
    "(.xlsx)."
)

# First bytes of the files people pick by mistake, and what to do about each.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "This is a picture, not a table. Choose the CSV, Excel or zip file."),
    (b"\xff\xd8\xff", "This is a picture, not a table. Choose the CSV, Excel or zip file."),
    (b"GIF8", "This is a picture, not a table. Choose the CSV, Excel or zip file."),
    (b"%PDF", "This is a PDF document, not a table. Choose the published file."),
    (b"\xd0\xcf\x11\xe0", f"This is an older Excel or Word file. {SAVE_AS_CSV}"),
    (b"\x1f\x8b", "This file is packed with gzip. Unpack it, or pack it as a zip."),
    (b"7z\xbc\xaf", "This file is packed with 7-Zip. Unpack it, or pack it as a zip."),
    (b"Rar!", "This file is packed with RAR. Unpack it, or pack it as a zip."),
    (b"PK\x03\x04", "This is a zip inside a zip. Unpack the outer zip first."),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# The name that a workbook with a password hides its content under.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
WEB_PAGE = re.compile(rb"\s*<(!doctype|html|\?xml)", re.IGNORECASE)
# A UTF-8 letter as found inside English text: an accented letter, a dash or a curly quote.
UTF8_LETTER = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x80-\xbf]")


class UnreadableFileError(Exception):
    """The file as a whole cannot be read. The message is for the person who chose it."""


@dataclass(frozen=True)
class TextFile:
    """One file of text, not yet decoded. `member` is its name inside a zip, or empty."""

    data: bytes
    encoding: str
    member: str = ""

    def lines(self) -> TextIO:
        """Open the text for reading, line ends untouched as the csv module wants them."""
        return io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")


def unpack(source: Path | bytes) -> list[tuple[str, bytes]]:
    """Return what `source` holds as (name in the zip, content); a plain file has no such name."""
    data = source if isinstance(source, bytes) else _read_path(source)
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFileError(_too_large(len(data), MAX_FILE_BYTES))
    # A workbook is a zip too, and is read as one file.
    if not data.startswith(ZIP_STARTS) or _is_one_document(data):
        return [("", data)]
    members = list(_members(data))
    if not members:
        raise UnreadableFileError("The zip holds no file. Download it again.")
    return members


def text_file(data: bytes, member: str = "") -> TextFile:
    """Check that `data` is text, and decide how it is encoded by looking at all of it."""
    if not data.strip():
        raise UnreadableFileError("The file is empty. Download or export it again.")
    if problem := _not_text(data):
        raise UnreadableFileError(problem)
    return TextFile(data, _encoding(data), member)


def _read_path(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UnreadableFileError(_too_large(size, MAX_FILE_BYTES))
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise UnreadableFileError(f"The file cannot be opened ({reason.lower()}).") from error


def _not_text(data: bytes) -> str:
    """Say why `data` is not a text table, or nothing if it may be one."""
    if data.startswith(OLD_OFFICE) and ENCRYPTED in data:
        return "This Excel file has a password. Save it without one, then choose it again."
    for start, message in SIGNATURES:
        if data.startswith(start):
            return message
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return (
            "This file is saved as Unicode (UTF-16), which this service does not read. "
            "Save it again as “CSV UTF-8 (comma delimited)”."
        )
    if b"\x00" in data:
        return f"This is not a text file: it has bytes that no text has. {SAVE_AS_CSV}"
    if WEB_PAGE.match(data):
        return "This is a web page, not a table. Use the page's download link, then try again."
    return ""


def _encoding(data: bytes) -> str:
    try:
        data.decode("utf-8")
        return "utf-8-sig"
    except UnicodeDecodeError as error:
        # Read as Latin-1, a file that mixes two encodings would put wrong letters into names.
        if data.startswith(codecs.BOM_UTF8) or UTF8_LETTER.search(data):
            line = data.count(b"\n", 0, error.start) + 1
            raise UnreadableFileError(
                f"Line {line} has a letter in another encoding than the rest of the file. "
                "Save the whole file again as “CSV UTF-8 (comma delimited)”."
            ) from error
    try:
        # What Windows programs call Latin-1 has dashes and quotes where Latin-1 has nothing.
        data.decode("cp1252")
        return "cp1252"
    except UnicodeDecodeError:
        return "latin-1"


def _is_one_document(data: bytes) -> bool:
    """Whether a zip is an office document, which is read as one file."""
    with zip_problems(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "[Content_Types].xml" in archive.namelist()


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Unpack the files of a zip one by one, within the limits."""
    with zip_problems(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [info for info in archive.infolist() if not _is_clutter(info)]
        if any(info.filename == "mimetype" for info in files):
            raise UnreadableFileError(f"This is an OpenDocument file. {SAVE_AS_CSV}")
        if len(files) > MAX_MEMBERS:
            raise UnreadableFileError(
                f"The zip holds {len(files):,} files; the most is {MAX_MEMBERS}. "
                "Pack only the published file."
            )
        check_declared(files)
        for info in files:
            yield info.filename, unpacked(archive, info)


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return a member's content, never more than the directory declares of it.

    ZipFile.read first unfolds all that is packed and then cuts it to size, so a declared size that
    lies would fill the memory. Read piece by piece, it stops where it said that it would.
    """
    with archive.open(info) as stream:
        return b"".join(iter(partial(stream.read, MEGABYTE), b""))


def _is_clutter(info: zipfile.ZipInfo) -> bool:
    return info.is_dir() or info.filename.startswith("__MACOSX/")


def check_declared(files: list[zipfile.ZipInfo]) -> None:
    """Refuse a zip by what its directory says, before anything is unpacked."""
    if any(info.flag_bits & 1 for info in files):
        raise UnreadableFileError("The zip has a password. Unpack it first, then choose the file.")
    if any(info.compress_type not in PACKED_AS for info in files):
        raise UnreadableFileError(UNKNOWN_PACKING)
    # What is declared can be believed here, since no more than that is ever unpacked.
    total = sum(info.file_size for info in files)
    if total > MAX_UNPACKED_BYTES:
        raise UnreadableFileError(_too_large(total, MAX_UNPACKED_BYTES))
    for info in files:
        if info.file_size > max(RATIO_COUNTS_FROM, info.compress_size * MAX_RATIO):
            raise UnreadableFileError(
                "The zip unpacks to far more than a published file would, so it was not opened. "
                "Download it again from the publisher."
            )


@contextmanager
def zip_problems() -> Iterator[None]:
    """Turn the many ways in which a zip can be broken into one sentence."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise UnreadableFileError(
            "The zip is damaged or only partly downloaded. Download it again."
        ) from error
    except NotImplementedError as error:
        raise UnreadableFileError(UNKNOWN_PACKING) from error


def _too_large(size: int, limit: int) -> str:
    return (
        f"The file is {size / MEGABYTE:,.0f} MB; the most is {limit // MEGABYTE} MB. "
        "Choose the published file for a single month."
    )
