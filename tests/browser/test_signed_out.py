"""What someone meets before signing in."""

import pytest

from tests.browser.conftest import NewVisitor

OPEN_PAGES = {
    "home": "Keep experienced people in primary care",
    "account_login": "Sign in",
    "account_signup": "Create an account",
    "account_reset_password": "Password reset",
    "accessibility": "Accessibility",
    "privacy": "Privacy",
}


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_open_page_keeps_to_the_baseline(new_visitor: NewVisitor, name: str) -> None:
    visitor = new_visitor()
    visitor.opens(name)
    visitor.is_on(OPEN_PAGES[name])
    visitor.then_the_page_is_accessible()
