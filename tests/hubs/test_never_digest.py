"""An address on a never list is known again, and cannot be read."""

from hubs.never_digest import email_digest


def test_capitals_and_spaces_make_no_other_address() -> None:
    assert email_digest(" Never@Example.org\n") == email_digest("never@example.org")
    assert email_digest("never@example.org") != email_digest("never@example.com")


def test_the_address_is_not_in_it() -> None:
    kept = email_digest("never@example.org")
    assert "never" not in kept
    assert len(kept) <= 64
