"""The demo starts, stops and fails with a plain word, whatever its processes do."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from scripts import serve_demo
from scripts.serve_demo import CannotServe, Stop

ANSWERS = "import http.server as s; s.HTTPServer(('127.0.0.1', {}), s.{}).serve_forever()"
SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def port() -> int:
    """Return a port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        number: int = server.getsockname()[1]
    return number


def web(port: int, handler: str = "SimpleHTTPRequestHandler") -> list[str]:
    """Return a command that answers on a port; the base handler knows no method: it answers 501."""
    return [sys.executable, "-c", ANSWERS.format(port, handler)]


@contextlib.contextmanager
def running(*lines: list[str]) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    children = serve_demo.start({f"child {number}": line for number, line in enumerate(lines)})
    try:
        yield children
    finally:
        for child in children.values():
            child.kill()
            child.wait()


@pytest.mark.parametrize(("text", "expected"), [(None, 8000), ("", 8000), ("8001", 8001)])
def test_port_comes_from_the_environment(text: str | None, expected: int) -> None:
    assert serve_demo.port_from({} if text is None else {"PORT": text}) == expected


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "8000.0", "٨٠٠٠"])
def test_bad_port_is_refused_by_name(text: str) -> None:
    with pytest.raises(CannotServe, match="PORT is"):
        serve_demo.port_from({"PORT": text})


def test_taken_port_is_said_to_be_taken(port: int) -> None:
    serve_demo.check_port_is_free(port)
    with socket.create_server(("127.0.0.1", port)):
        with pytest.raises(CannotServe, match=f"Port {port} is taken.*PORT={port + 1}"):
            serve_demo.check_port_is_free(port)


def test_main_says_that_the_port_is_taken(
    port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", str(port))
    for name in ("RETENTION_HUB_ENV", "LOG_LEVEL"):
        monkeypatch.setenv(name, "put back afterwards")
    with socket.create_server(("127.0.0.1", port)):
        assert serve_demo.main() == 1
    assert f"make run: Port {port} is taken" in capsys.readouterr().err


def test_child_that_ends_stops_the_other_and_is_named(port: int) -> None:
    briefly = [sys.executable, "-c", "import time; time.sleep(1); raise SystemExit(3)"]
    with pytest.raises(CannotServe, match=r"The worker has ended by itself \(exit code 3\)"):
        serve_demo.supervise(
            {"web server": web(port), "worker": briefly},
            health=f"http://127.0.0.1:{port}/",
            welcome="here",
        )
    serve_demo.check_port_is_free(port)


@pytest.mark.parametrize("number", serve_demo.ENDS)
def test_signal_stops_both(
    number: signal.Signals, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def welcome(text: str, *, flush: bool) -> None:
        said.append(text)
        os.kill(os.getpid(), number)

    said: list[str] = []
    monkeypatch.setattr(serve_demo, "print", welcome, raising=False)
    before = signal.getsignal(number)
    with pytest.raises(Stop), serve_demo.stopping_on_signals():
        serve_demo.supervise(
            {"web server": web(port), "worker": SLEEPS},
            health=f"http://127.0.0.1:{port}/",
            welcome="here it is",
        )
    assert said == ["here it is"]
    assert signal.getsignal(number) is before
    serve_demo.check_port_is_free(port)


def test_child_that_will_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve_demo, "SECONDS_TO_STOP", 0.3)
    deaf = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    )
    line = [sys.executable, "-c", deaf]
    child = subprocess.Popen(line, stdout=subprocess.PIPE, start_new_session=True)
    with child:
        assert child.stdout is not None
        child.stdout.readline()
        serve_demo.stop({"deaf": child})
    assert child.returncode == -signal.SIGKILL


def test_error_answer_is_not_taken_for_health(port: int) -> None:
    url = f"http://127.0.0.1:{port}/"
    with running(web(port, "BaseHTTPRequestHandler")) as children:
        with pytest.raises(CannotServe, match="answers 501"):
            serve_demo.wait_until_answering(url, children)


def test_waiting_for_an_answer_has_an_end(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve_demo, "SECONDS_TO_START", 0.2)
    with running(SLEEPS) as children, pytest.raises(CannotServe, match="did not answer"):
        serve_demo.wait_until_answering(f"http://127.0.0.1:{port}/", children)


def test_both_processes_of_the_demo_are_started() -> None:
    lines = serve_demo.commands(8123)
    assert "127.0.0.1:8123" in lines["web server"]
    assert lines["worker"][-1] == "db_worker"


def read_until(lines: IO[str], wanted: str) -> str:
    """Return all that is printed up to the line that holds `wanted`."""
    seen = ""
    for line in lines:
        seen += line
        if wanted in line:
            return seen
    raise AssertionError(f"{wanted!r} was not printed, but:\n{seen}")


@pytest.mark.slow
def test_demo_is_loaded_once_served_and_stopped(port: int, tmp_path: Path) -> None:
    """As `make run` does it, twice: the second time only serves."""
    environ = os.environ | {"PORT": str(port), "RETENTION_HUB_DATA_DIR": str(tmp_path)}
    environ.pop("DATABASE_URL", None)
    for time_given in (120, 20):
        line = [sys.executable, "-m", "scripts.serve_demo"]
        started = time.monotonic()
        demo = subprocess.Popen(
            line, cwd=serve_demo.ROOT, env=environ, stdout=subprocess.PIPE, text=True
        )
        with demo:
            assert demo.stdout is not None
            said = read_until(demo.stdout, f"http://127.0.0.1:{port}/")
            seconds = time.monotonic() - started
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/") as page:
                sheet = re.findall(r'href="(/static/[^"]*\.css)"', page.read().decode())[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{sheet}") as style:
                assert style.headers["Content-Type"].startswith("text/css")
            demo.send_signal(signal.SIGINT)
            assert demo.wait(timeout=30) == 0
        assert "@" in said, "no demo account was named"
        assert seconds < time_given
