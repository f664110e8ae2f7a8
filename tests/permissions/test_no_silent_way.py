"""Nobody reads personal data by being somebody on the platform: only a role opens a door."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.access import may
from accounts.permissions import Permission
from accounts.roles import EVERYONE, OWN
from tests.factories.accounts import actor
from tests.factories.retention import PersonFactory
from tests.permissions.addresses import url_names
from tests.permissions.world import build_world

FLAGS = ("is_superuser", "is_staff")


def test_there_is_no_administration_site() -> None:
    assert not apps.is_installed("django.contrib.admin")
    assert not apps.is_installed("django.contrib.admindocs")
    assert not any("admin" in name.split(":")[0] for name in url_names())
    assert not any(str(part.pattern).startswith("admin") for part in get_resolver().url_patterns)


def test_a_user_has_no_flag_group_or_permission_of_the_framework() -> None:
    fields = {field.name for field in get_user_model()._meta.get_fields()}
    assert not fields & {*FLAGS, "groups", "user_permissions"}
    assert not hasattr(get_user_model().objects, "create_superuser")


@pytest.mark.django_db
def test_a_flag_written_on_a_user_gives_nothing() -> None:
    area = build_world()["own"]
    by = actor()
    assert by.user is not None
    for flag in FLAGS:
        setattr(by.user, flag, True)
    places = (area.practice, area.network, area.icb, area.hub)
    allowed = {p for p in Permission for place in (None, *places) if may(by, p, place)}
    # One's own record, open data, open schemes.
    assert allowed == EVERYONE | OWN
    whose = PersonFactory(user=area.users["clinician"])
    assert not any(may(by, permission, whose) for permission in set(Permission) - EVERYONE)


@pytest.mark.django_db
def test_no_door_of_an_administration_answers() -> None:
    client = Client()
    client.force_login(build_world()["own"].users["no_role"])
    for path in ("/admin/", "/admin/login/", "/django-admin/"):
        assert client.get(path).status_code == 404
    assert client.get(reverse("me")).status_code == 200
