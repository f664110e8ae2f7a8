"""Every page: what the browser is told, where the reader is, what a script may do."""

import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.conftest import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ERRORS = ["400", "403", "403_csrf", "404", "405", "429", "500"]


def page(content: str = "", request: HttpRequest | None = None, **context: Any) -> str:
    """Return a page that extends the base, with a title and `content`."""
    source = (
        '{% extends "base.html" %}{% block title %}Networks{% endblock %}'
        "{% block content %}" + content + "{% endblock %}"
    )
    return str(engines["django"].from_string(source).render(context, request))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_template_needs_no_inline_style_or_script(path: Any) -> None:
    """The Content-Security-Policy would refuse it, and the page would break without a word."""
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|\shx-on", text)
    for attributes in re.findall(r"<script([^>]*)>", text):
        assert "src=" in attributes or 'type="application/json"' in attributes


def test_page_starts_with_its_type_and_language() -> None:
    assert re.match(r'\s*<!DOCTYPE html>\s*<html lang="en">', page())


def test_title_names_page_and_service() -> None:
    assert "<title>Networks - Retention Hub</title>" in page()


def test_page_with_errors_says_so_first() -> None:
    class Place(forms.Form):
        code = forms.CharField(label="Code")

    html = page(form=Place({}))
    assert "<title>Error: Networks - Retention Hub</title>" in html
    assert html.index("nhsuk-error-summary") > html.index("<main")
    assert 'href="#id_code"' in html
    assert "Error:" not in page(form=Place())


def test_htmx_is_told_to_stay_within_the_policy_and_to_keep_no_history() -> None:
    [config] = re.findall(r'name="htmx-config"\s+content=\'([^\']+)\'', page())
    settings = json.loads(config)
    assert settings["allowEval"] is False
    assert settings["includeIndicatorStyles"] is False
    assert settings["selfRequestsOnly"] is True
    assert settings["historyCacheSize"] == 0
    assert settings["historyRestoreAsHxRequest"] is False


def test_htmx_shows_a_form_with_errors() -> None:
    [config] = re.findall(r'name="htmx-config"\s+content=\'([^\']+)\'', page())
    handling = json.loads(config)["responseHandling"]
    swap = {
        code: next(rule["swap"] for rule in handling if re.search(rule["code"], code))
        for code in ("200", "204", "422", "404", "500")
    }
    assert swap == {"200": True, "204": False, "422": True, "404": False, "500": False}


def test_htmx_sends_the_token() -> None:
    html = page(request=RequestFactory().get("/"))
    [headers] = re.findall(r"hx-headers='([^']+)'", html)
    assert len(json.loads(headers)["X-CSRFToken"]) == 64


def test_regions_that_scripts_fill_are_there_and_empty() -> None:
    assert re.search(r'<div id="status" role="status"[^>]*></div>', page())
    assert re.search(r'<div id="alert" role="alert"[^>]*></div>', page())


def test_skip_link_leads_to_the_main_part() -> None:
    html = page()
    assert html.index('href="#maincontent"') < html.index("<header")
    assert html.count('id="maincontent"') == 1


def test_demo_says_that_people_are_fictional() -> None:
    assert "All people, places and figures are fictional." in page(is_demo=True)
    assert "fictional" not in page(is_demo=False)


def test_no_nhs_logo() -> None:
    assert "nhsuk-header__logo" not in page(request=RequestFactory().get("/"))


def test_navigation_marks_where_we_are() -> None:
    items = [
        SimpleNamespace(label="Schemes <x>", url="/schemes/", current=True),
        SimpleNamespace(label="Staff", url="/staff/", current=False),
    ]
    html = page(navigation=items)
    assert re.search(r'href="/schemes/" aria-current="page"[^S]*Schemes &lt;x&gt;', html)
    assert html.count("aria-current") == 1


def signed_in(role: object) -> HttpRequest:
    """Return the request of somebody who holds `role`."""
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated=True)  # type: ignore[assignment]  # as much of a user as the template reads
    request.actor = SimpleNamespace(role=role, user=None)  # type: ignore[attr-defined]  # see accounts.http.Request
    return request


def test_active_role_is_shown() -> None:
    html = page(request=signed_in("Network lead, Northfield"))
    assert "Network lead, Northfield" in html
    assert "Sign out" in html


def test_person_without_a_role_is_shown_none() -> None:
    html = page(request=signed_in(None))
    assert "Your role:" not in html
    assert "None" not in html


def test_visitor_can_sign_in() -> None:
    html = page(request=RequestFactory().get("/"))
    assert "Sign in" in html
    assert "Sign out" not in html


def test_breadcrumbs_end_in_a_way_back() -> None:
    html = page(breadcrumbs=[("Home", "/"), ("Northfield <i>", "/areas/QX1/")])
    assert 'aria-label="Breadcrumb"' in html
    assert re.search(r'nhsuk-back-link" href="/areas/QX1/".*Northfield &lt;i&gt;', html, re.S)


def test_back_link_stands_alone() -> None:
    html = page(back_url="/schemes/", back_text="Schemes")
    assert "Breadcrumb" not in html
    assert re.search(r'nhsuk-back-link" href="/schemes/">\s*Schemes', html)


def with_messages(*levels: str) -> list[Any]:
    """Return one message of each level."""
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]  # the messages only look for one
    store = FallbackStorage(request)
    request._messages = store  # type: ignore[attr-defined]  # where the context processor looks
    numbers = {"info": 20, "success": 25, "warning": 30, "error": 40}
    for level in levels:
        store.add(numbers[level], f"{level} <b>")
    return list(get_messages(request))


def test_success_is_announced_and_escaped() -> None:
    html = page(messages=with_messages("success"))
    assert re.search(r'notification-banner--success"[^>]*role="alert"', html)
    assert "success &lt;b&gt;" in html


def test_each_message_has_a_title_of_its_own() -> None:
    html = page(messages=with_messages("success", "info"))
    assert 'aria-labelledby="banner-1"' in html
    assert re.search(r'role="region"\s+aria-labelledby="banner-2"', html)
    assert html.count("data-disable-auto-focus") == 1


def test_error_summary_takes_the_focus_before_a_message() -> None:
    class Place(forms.Form):
        code = forms.CharField()

    html = page(messages=with_messages("error"), form=Place({}))
    assert re.search(r'id="banner-1"', html)
    assert 'data-disable-auto-focus="true"' in html


@pytest.mark.parametrize("name", ERRORS)
def test_error_page_needs_nothing(name: str) -> None:
    """When it is shown, the database or the session may be what failed."""
    html = render_to_string(f"{name}.html")
    assert re.search(r"<h1[^>]*>\w", html)
    assert "Sign in" not in html


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
def test_page_of_words_has_one_heading(name: str) -> None:
    html = render_to_string(f"pages/{name}.html", request=RequestFactory().get("/"))
    assert html.count("<h1") == 1


def test_footer_leads_to_accessibility_and_privacy() -> None:
    html = page()
    assert 'href="/accessibility/"' in html
    assert 'href="/privacy/"' in html
