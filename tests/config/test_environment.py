"""A bad value in the environment stops the start and names itself."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment


def test_production_unless_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RETENTION_HUB_ENV", raising=False)
    assert environment.mode() == "production"


@pytest.mark.parametrize("value", ["", "Production", "dev"])
def test_an_unknown_mode_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("RETENTION_HUB_ENV", value)
    with pytest.raises(ImproperlyConfigured, match="must be one of production, demo, test"):
        environment.mode()


@pytest.mark.parametrize("value", ["-1", "1.5", "ten", "", "٣"])
def test_what_is_not_a_whole_number_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", value)
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES"):
        environment.whole_number("TRUSTED_PROXIES", 0)


def test_whole_numbers_have_a_least(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINUTES", "0")
    with pytest.raises(ImproperlyConfigured, match="1 or more"):
        environment.whole_number("MINUTES", 5, least=1)
    monkeypatch.delenv("MINUTES")
    assert environment.whole_number("MINUTES", 5, least=1) == 5


def test_a_level_of_logs_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    assert environment.log_level("INFO") == "INFO"
    monkeypatch.setenv("LOG_LEVEL", "info")
    with pytest.raises(ImproperlyConfigured, match="LOG_LEVEL is 'info'; it must be one of DEBUG"):
        environment.log_level("INFO")


@pytest.mark.parametrize("between", [",", ", ", ",\n", ",,"])
def test_keys_stand_beside_or_below_one_another(
    monkeypatch: pytest.MonkeyPatch, between: str
) -> None:
    new, old = "n" * 32, "o" * 32
    monkeypatch.setenv("KEYS", f"{new}{between}{old}\n")
    assert environment.keys("KEYS", "") == [new, old]


@pytest.mark.parametrize("value", ["", ",", "n" * 31, f"{'n' * 32},short"])
def test_a_key_that_can_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("KEYS", value)
    with pytest.raises(ImproperlyConfigured, match="KEYS .* 32 characters or more"):
        environment.keys("KEYS", "")


@pytest.mark.parametrize("value", ["imap://mail.example", "smtp://mail.example:many"])
def test_what_is_no_mail_server_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("EMAIL_URL", value)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        environment.mail_server("EMAIL_URL", "smtp://localhost:25")


@pytest.mark.parametrize(
    "value", ["hub.example", "//hub.example", "ftp://hub.example", "https://", "https://h/?x", ""]
)
def test_what_is_no_address_of_a_site_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        environment.site_address("SITE_URL", "", schemes=("http", "https"))


def test_an_address_of_a_site_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://hub.example:8443/hub/")
    found = environment.site_address("SITE_URL", "", schemes=("https",))
    assert found == "https://hub.example:8443/hub"


def test_words_leave_out_empty_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "one.example, ,two.example,")
    assert environment.words("ALLOWED_HOSTS") == ["one.example", "two.example"]


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("SECRET_KEY", "from the environment")
    assert environment.secret("SECRET_KEY") == "from the environment"
    monkeypatch.setenv("SECRET_KEY_FILE", str(path))
    assert environment.secret("SECRET_KEY") == "from the file"
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE cannot be read"):
        environment.secret("SECRET_KEY")


def test_a_generated_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    first = environment.generated_key(path)
    assert environment.generated_key(path) == first
    assert len(first) >= 50
    assert path.stat().st_mode & 0o777 == 0o600
