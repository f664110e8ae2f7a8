"""Settings as a process of its own sees them: production refuses to start half-configured."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = (
    "import django; django.setup(); from django.conf import settings;"
    "print(eval(__import__('sys').argv[1], {'s': settings}))"
)
KEY = "k" * 60
PRODUCTION = {
    "RETENTION_HUB_ENV": "production",
    "SECRET_KEY": KEY,
    "PLAN_KEYS": "p" * 40,
    "ALLOWED_HOSTS": "hub.example",
}


def ask(tmp_path: Path, expression: str, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, expression],
        cwd=ROOT,
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "RETENTION_HUB_DATA_DIR": str(tmp_path),
            **env,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def value(tmp_path: Path, expression: str, **env: str) -> str:
    answer = ask(tmp_path, expression, **env)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "50 characters or more"),
        ({"PLAN_KEYS": ""}, "PLAN_KEYS"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"RETENTION_HUB_ENV": "staging"}, "must be one of"),
        ({"DATABASE_URL": "mysql://root@localhost/x"}, "sqlite:// or a postgres://"),
        ({"UPLOAD_MAX_MEGABYTES": "many"}, "UPLOAD_MAX_MEGABYTES"),
        ({"ALLOWED_HOSTS": "hub.example,*"}, "ALLOWED_HOSTS"),
        ({"SITE_URL": "http://hub.example"}, "SITE_URL"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
    ],
)
def test_a_half_configured_service_does_not_start(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    answer = ask(tmp_path, "1", **{**PRODUCTION, **change})
    assert answer.returncode != 0
    assert message in answer.stderr


def test_production_is_strict(tmp_path: Path) -> None:
    strict = "s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SECURE_SSL_REDIRECT"
    assert value(tmp_path, strict, **PRODUCTION) == "True"
    assert value(tmp_path, "s.DEBUG", **PRODUCTION) == "False"
    assert value(tmp_path, "s.ACCOUNT_EMAIL_VERIFICATION", **PRODUCTION) == "mandatory"


@pytest.mark.parametrize(
    ("scheme", "asked"), [("smtp+tls", "(True, False)"), ("smtp+ssl", "(False, True)")]
)
def test_mail_is_encrypted_as_its_address_asks(tmp_path: Path, scheme: str, asked: str) -> None:
    url = f"{scheme}://user:secret@mail.example:465"
    encrypted = "bool(s.EMAIL_USE_TLS), bool(s.EMAIL_USE_SSL)"
    assert value(tmp_path, encrypted, **PRODUCTION, EMAIL_URL=url) == asked


def test_the_demo_works_over_plain_http_with_a_key_of_its_own(tmp_path: Path) -> None:
    demo = {"RETENTION_HUB_ENV": "demo"}
    assert value(tmp_path, "s.SESSION_COOKIE_SECURE or s.SECURE_SSL_REDIRECT", **demo) == "False"
    first = value(tmp_path, "s.SECRET_KEY", **demo)
    assert first == value(tmp_path, "s.SECRET_KEY", **demo)
    assert (tmp_path / "demo-secret-key").exists()


def test_the_database_is_a_file_or_postgresql_by_address(tmp_path: Path) -> None:
    options = "s.DATABASES['default']['OPTIONS']['transaction_mode']"
    assert value(tmp_path, options, RETENTION_HUB_ENV="demo") == "IMMEDIATE"
    url = "postgres://hub:secret@db.example:5432/hub"
    engine = "s.DATABASES['default']['ENGINE'], s.DATABASES['default']['CONN_MAX_AGE']"
    answer = value(tmp_path, engine, DATABASE_URL=url, RETENTION_HUB_ENV="demo")
    assert answer == "('django.db.backends.postgresql', 60)"


def test_heavy_packages_stay_out_of_a_web_process(tmp_path: Path) -> None:
    loaded = (
        "__import__('config.urls') and sorted({'pandas', 'sklearn', 'ortools', 'altair', 'scipy'}"
        " & set(__import__('sys').modules))"
    )
    assert value(tmp_path, loaded, RETENTION_HUB_ENV="demo") == "[]"
