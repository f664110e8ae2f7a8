"""Finds the browser that the browser tests and the screenshots drive."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
NOT_FOUND = "no Chromium was found: install one, or set CHROMIUM=/path/to/chromium"
# Chromium calls home at every start, and would look up any host a page named. Ours names none.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def find_chromium() -> str | None:
    """Return the path in CHROMIUM, or of a Chromium on the path, or None.

    Raises FileNotFoundError where CHROMIUM names no program: who sets it wants no skipping.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        if found is None:
            raise FileNotFoundError(f"CHROMIUM is {named!r}, which is not a program.")
        return found
    return next((path for name in NAMES if (path := shutil.which(name))), None)
