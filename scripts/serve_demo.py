"""Serves the demo hub on this machine: database, demo data, web server and worker, until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parent.parent
# A request may be half done; after this long it has had its chance.
SECONDS_TO_STOP = 10.0
SECONDS_TO_START = 30.0


class CannotServe(Exception):
    """The demo cannot start or go on; the message says what to do."""


def port_from(environ: Mapping[str, str]) -> int:
    """Return the port in PORT, 8000 unless set."""
    text = environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise CannotServe(f"PORT is {text!r}; it must be a whole number from 1 to 65535.")
    return int(text)


def check_port_is_free(port: int) -> None:
    """Raise CannotServe where `port` cannot be listened on."""
    with socket.socket() as probe:
        # As gunicorn does: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CannotServe(f"Port {port} is not yours to use. Try: make run PORT=8001") from None
        except OSError:
            raise CannotServe(
                f"Port {port} is taken. Stop what uses it, or choose another: "
                f"make run PORT={port + 1 if port < 65535 else 8000}"
            ) from None


def prepare() -> None:
    """Bring database, demo data and static files up to date; print the demo accounts."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", "--ignore=*.map", "--clear", interactive=False, verbosity=0)
    call_command("load_demo")
    # What a worker was doing when the demo was last killed is told, and done again where it may.
    call_command("reap_tasks", verbosity=0)


ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(Exception):
    """Someone asked for an end: Ctrl-C, a polite kill, or a terminal that was closed."""


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn the signals in ENDS into Stop, once: while stopping, a second one changes nothing."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in ENDS:
            signal.signal(each, signal.SIG_IGN)
        raise Stop

    before = {each: signal.signal(each, stop) for each in ENDS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def commands(port: int) -> dict[str, list[str]]:
    """Return the command line of each process of the demo, by its name in messages."""
    web = f"-m gunicorn config.wsgi --bind {HOST}:{port} --worker-class gthread --threads 8"
    return {
        # One process: with SQLite a second one only waits for the first one's lock.
        "web server": [sys.executable, *web.split(), "--workers", "1", "--log-level", "warning"],
        "worker": [sys.executable, "manage.py", "db_worker"],
    }


def start(lines: Mapping[str, Sequence[str]]) -> dict[str, subprocess.Popen[bytes]]:
    """Start each command in a session of its own, so that Ctrl-C reaches this process alone."""
    return {
        name: subprocess.Popen(line, cwd=ROOT, start_new_session=True)
        for name, line in lines.items()
    }


def check_alive(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Raise CannotServe, with its name, where a child has ended."""
    for name, child in children.items():
        if child.poll() is not None:
            raise CannotServe(f"The {name} has ended by itself (exit code {child.returncode}).")


def wait_until_answering(url: str, children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Return once `url` answers; raise CannotServe where a child ends or time runs out."""
    give_up = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < give_up:
        check_alive(children)
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  (our own http address)
                return
        except urllib.error.HTTPError as answer:
            raise CannotServe(f"{url} answers {answer.code}.") from None
        except OSError:
            time.sleep(0.05)
    raise CannotServe(f"{url} did not answer within {SECONDS_TO_START:.0f} seconds.")


def stop(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Ask every child to end, wait, and end those that would not, with their own children."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    give_up = time.monotonic() + SECONDS_TO_STOP
    for child in children.values():
        try:
            child.wait(timeout=max(0.0, give_up - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def supervise(lines: Mapping[str, Sequence[str]], *, health: str, welcome: str) -> None:
    """Run the commands until a signal (Stop) or until one of them ends (CannotServe)."""
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        children = start(lines)
        wait_until_answering(health, children)
        print(welcome, flush=True)
        while True:
            check_alive(children)
            time.sleep(0.2)
    finally:
        stop(children)


def main() -> int:
    """Serve the demo; return the exit code."""
    os.environ["RETENTION_HUB_ENV"] = "demo"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # A line for each request would bury the address and the accounts.
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    try:
        with stopping_on_signals():
            port = port_from(os.environ)
            check_port_is_free(port)
            prepare()
            address = f"http://{HOST}:{port}"
            supervise(
                commands(port),
                health=f"{address}/healthz",
                welcome=f"\nRetention Hub is at {address}/ (Ctrl-C stops it).",
            )
    except Stop:
        print("\nStopped.", flush=True)
    except CannotServe as problem:
        print(f"make run: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
