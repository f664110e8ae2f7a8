"""The README's pictures: those that are named are there, small, and taken by the script."""

import re
import struct

from scripts.screenshots import FOLDER, SHOTS
from scripts.serve_demo import ROOT

MOST_BYTES = 2_000_000
PNG = b"\x89PNG\r\n\x1a\n"


def test_every_picture_is_taken_kept_and_shown() -> None:
    taken = {f"{shot.name}.png" for shot in SHOTS}
    shown = set(re.findall(r"docs/screenshots/([\w-]+\.png)", (ROOT / "README.md").read_text()))
    assert {path.name for path in FOLDER.iterdir()} == taken == shown


def test_pictures_are_of_the_size_of_their_screen_and_small() -> None:
    for shot in SHOTS:
        head = (FOLDER / f"{shot.name}.png").read_bytes()[:24]
        assert head[:8] == PNG
        assert struct.unpack(">II", head[16:]) == shot.size
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < MOST_BYTES
