"""The demo's people, for browser tests: how they sign in and what they are called."""

from django.conf import settings
from django.test import Client

from accounts.models import User
from hubs.demo.accounts import BY_KEY, PASSWORD
from hubs.demo.places import HUB_SLUG
from tests.browser.visitor import Visitor

HUB = HUB_SLUG


def user(key: str) -> User:
    """Return the account of a demo person."""
    return User.objects.get(email=BY_KEY[key].email)


def name_of(key: str) -> str:
    """Return what a demo person is called on pages."""
    return user(key).name


def given_signed_in_by_form(visitor: Visitor, key: str) -> Visitor:
    """Sign a demo person in as they would do it."""
    visitor.signs_in(BY_KEY[key].email, PASSWORD)
    return visitor


def given_signed_in(visitor: Visitor, key: str) -> Visitor:
    """Sign a demo person in by cookie, where signing in is not what is tested."""
    client = Client()
    client.force_login(user(key))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    visitor.page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": visitor.address}]
    )
    return visitor
