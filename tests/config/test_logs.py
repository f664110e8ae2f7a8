"""What reaches the log, and what must not."""

import json
import logging
from typing import Any

import pytest
from django.middleware.csrf import REASON_BAD_REFERER

from config.logs import WithoutPath, configure

NAME = "Dr Fictional Example"


def logged(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    (line,) = capsys.readouterr().err.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_a_traceback_names_files_and_kinds_and_no_values(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure({"level": "INFO"})
    person = NAME
    try:
        raise ValueError(f"Key (name)=({person}) already exists")
    except ValueError:
        logging.getLogger("test").exception("failed")
    line = logged(capsys)
    assert NAME not in json.dumps(line)
    (error,) = line["exception"]
    assert (error["exc_type"], error["exc_value"]) == ("ValueError", "")
    assert error["frames"][0]["filename"] == __file__


def test_a_form_from_elsewhere_is_logged_without_its_address(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The address of an invitation is the secret that opens it."""
    configure({"level": "INFO"})
    logging.getLogger("django.security.csrf").warning(
        "Forbidden (%s): %s", "CSRF token missing.", "/invitations/secret/"
    )
    line = logged(capsys)
    assert line["event"] == "CSRF token missing."
    assert "secret" not in json.dumps(line)


def test_what_a_form_was_refused_for_is_logged_without_the_page_that_it_came_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure({"level": "INFO"})
    reason = REASON_BAD_REFERER % "https://other.example/invitations/secret/?next=secret"
    logging.getLogger("django.security.csrf").warning("Forbidden (%s): %s", reason, "/roles/")
    line = logged(capsys)
    assert line["event"] == "Referer checking failed"
    assert "secret" not in json.dumps(line)


def test_a_failed_request_is_logged_without_its_address(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure({"level": "INFO"})
    logging.getLogger("django.request").error(
        "%s: %s", "Internal Server Error", "/invitations/secret-token/"
    )
    line = logged(capsys)
    assert line["event"] == "Internal Server Error"
    assert "secret-token" not in json.dumps(line)


def test_a_line_without_arguments_is_kept() -> None:
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "plain", None, None)
    assert WithoutPath().filter(record)
    assert record.getMessage() == "plain"
