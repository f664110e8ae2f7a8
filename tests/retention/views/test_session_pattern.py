"""My week, by the page: without JavaScript, with htmx, in two windows, sent twice."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.clock import today
from retention.actions.session_patterns import save_draft
from retention.models import Post, SessionPattern
from retention.queries.patterns import Shape, Terms, draft_of, shape_of
from tests.factories.accounts import RoleGrantFactory, UserFactory, actor
from tests.factories.organisations import SharingFactory
from tests.factories.retention import (
    PostFactory,
    RegisteredPersonFactory,
    SessionCellFactory,
    SessionPatternFactory,
)

pytestmark = pytest.mark.django_db
MONDAY: dict[str, Any] = {"kind_0_am": "clinical", "minutes_0_am": "250"}


@pytest.fixture
def post() -> Post:
    return PostFactory(person=RegisteredPersonFactory())


@pytest.fixture
def me(client: Client, post: Post) -> Client:
    assert post.person.user is not None
    client.force_login(post.person.user)
    return client


def address(name: str, post: Post) -> str:
    return reverse(name, args=[post.public_id])


def press(me: Client, post: Post, button: str, version: int = 0, **typed: Any) -> Any:
    data = {"do": button, "version": version, **typed}
    return me.post(address("session-pattern", post), data)


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_page_starts_from_the_week_the_practice_knows(me: Client, post: Post) -> None:
    SessionCellFactory(pattern=SessionPatternFactory(post=post), weekday=1, part="pm", minutes=200)
    page = text(me.get(address("session-pattern", post)))
    assert "<strong>0.8 sessions</strong>, 3 hours 20 minutes, 0.09 FTE" in page
    assert 'name="minutes_1_pm" value="200"' in page
    assert "Copy the week my practice knows" in page
    assert "From 1 April 2020: 0.8 sessions" in page


def test_totals_without_javascript_save_nothing(me: Client, post: Post) -> None:
    page = text(press(me, post, "totals", **MONDAY))
    assert "<strong>1 session</strong>, 4 hours 10 minutes, 0.11 FTE" in page
    assert not SessionPattern.objects.exists()


def test_totals_by_htmx_come_alone_and_tell_the_status_region(me: Client, post: Post) -> None:
    response = me.post(
        address("session-totals", post), {"version": 0, **MONDAY}, headers={"HX-Request": "true"}
    )
    part = text(response)
    assert "<html" not in part
    assert "<strong>1 session</strong>" in part
    announced = '<div id="status" hx-swap-oob="innerHTML">1 session, 4 hours 10 minutes, 0.11 FTE'
    assert announced in part
    assert not SessionPattern.objects.exists()


def test_totals_of_something_wrong_say_what_to_correct(me: Client, post: Post) -> None:
    response = me.post(
        address("session-totals", post), {"version": 0, **MONDAY, "minutes_0_am": "9999"}
    )
    assert response.status_code == 200
    assert "Monday morning: enter whole minutes from 1 to 480" in text(response)


def test_saving_a_draft_tells_nobody(me: Client, post: Post) -> None:
    response = press(me, post, "save", **MONDAY)
    assert (response.status_code, response["Location"]) == (302, address("session-pattern", post))
    assert "Nobody else can see it" in text(me.get(response["Location"]))
    assert shape_of(draft_of(post)).week == {(0, "am"): ("clinical", 250)}


def test_bad_input_keeps_every_value_and_names_the_problem(me: Client, post: Post) -> None:
    page = text(press(me, post, "save", **MONDAY, kind_3_eve="admin", minutes_3_eve="12:30"))
    assert "<title>Error: My week" in page
    assert 'href="#id_minutes_3_eve"' in page
    assert 'value="12:30"' in page
    assert 'value="250"' in page
    assert not SessionPattern.objects.exists()


def test_of_two_windows_the_second_keeps_what_was_typed_and_may_save_again(
    me: Client, post: Post
) -> None:
    press(me, post, "save", kind_5_eve="cpd", minutes_5_eve="90")
    page = text(press(me, post, "save", version=0, **MONDAY))
    assert "in another window" in page
    assert 'name="minutes_0_am" value="250"' in page
    assert 'name="version" value="1"' in page
    assert shape_of(draft_of(post)).week == {(5, "eve"): ("cpd", 90)}
    assert press(me, post, "save", version=1, **MONDAY).status_code == 302
    assert shape_of(draft_of(post)).week == {(0, "am"): ("clinical", 250)}


def test_copying_and_clearing_change_the_page_and_not_the_record(me: Client, post: Post) -> None:
    SessionCellFactory(pattern=SessionPatternFactory(post=post), minutes=111)
    copied = text(press(me, post, "copy", kind_4_am="cpd", minutes_4_am="77"))
    assert 'value="111"' in copied
    assert 'value="77"' not in copied
    cleared = text(press(me, post, "clear", kind_4_am="cpd", minutes_4_am="77"))
    assert 'value="77"' not in cleared
    assert "<strong>0 sessions</strong>" in cleared
    assert draft_of(post) is None


def test_deleting_a_draft(me: Client, post: Post) -> None:
    press(me, post, "save", **MONDAY)
    assert press(me, post, "delete").status_code == 302
    assert draft_of(post) is None


def test_an_unknown_button_only_shows_the_page(me: Client, post: Post) -> None:
    assert press(me, post, "explode", **MONDAY).status_code == 200
    assert not SessionPattern.objects.exists()


def test_before_telling_the_page_names_who_will_read_it(me: Client, post: Post) -> None:
    RoleGrantFactory(
        role="practice_manager", organisation=post.organisation, user__name="Mx Kim Rowan"
    )
    SharingFactory(practice=post.organisation, recipient__name="Vale Network", thing="patterns")
    response = press(me, post, "tell", kind_0_am="mentoring", minutes_0_am="250")
    assert response["Location"] == address("session-tell", post)
    page = text(me.get(response["Location"]))
    assert "Mx Kim Rowan, practice manager of" in page
    assert "Vale Network, in the network&#x27;s totals alone" in page
    # As the practice reads it, unless the person ticks otherwise.
    assert "Other work, 250 min" in page
    assert "Mentoring, 250 min" not in page


def test_telling_starts_the_pattern_and_sent_twice_tells_once(me: Client, post: Post) -> None:
    press(me, post, "save", **MONDAY)
    data = {"version": 1, "starts_on": today().isoformat(), "shows_mentoring": "on"}
    first = me.post(address("session-tell", post), data)
    assert first["Location"] == reverse("me")
    second = me.post(address("session-tell", post), data)
    assert second["Location"] == address("session-pattern", post)
    assert "told it already" in text(me.get(second["Location"]))
    told = SessionPattern.objects.get()
    assert (told.starts_on, told.shows_mentoring) == (today(), True)


def test_a_wrong_date_keeps_what_was_typed(me: Client, post: Post) -> None:
    press(me, post, "save", **MONDAY)
    data = {"version": 1, "starts_on": "1999-01-01", "shows_mentoring": "on"}
    page = text(me.post(address("session-tell", post), data))
    assert "Choose a date from" in page
    assert 'value="1999-01-01"' in page
    assert "checked" in page
    assert SessionPattern.objects.get().told_at is None


def test_a_draft_changed_meanwhile_is_shown_before_it_is_told(me: Client, post: Post) -> None:
    press(me, post, "save", **MONDAY)
    by = actor(user=post.person.user)
    save_draft(by=by, post=post, week={(2, "pm"): ("admin", 99)}, version=1)
    data = {"version": 1, "starts_on": today().isoformat()}
    page = text(me.post(address("session-tell", post), data))
    assert "Look at the week below again" in page
    assert "Admin, 99 min" in page
    assert me.post(address("session-tell", post), {**data, "version": 2}).status_code == 302


def test_an_empty_week_says_what_it_means(me: Client, post: Post) -> None:
    press(me, post, "save")
    assert "This week is empty" in text(me.get(address("session-tell", post)))


def test_the_date_starts_at_the_first_day_possible(me: Client, post: Post) -> None:
    start = today() + dt.timedelta(days=40)
    Post.objects.update(starts_on=start)
    press(me, post, "save", **MONDAY)
    assert f'value="{start.isoformat()}"' in text(me.get(address("session-tell", post)))


@pytest.mark.parametrize("name", ["session-pattern", "session-tell"])
def test_anothers_week_does_not_exist_not_even_for_their_manager(
    client: Client, post: Post, name: str
) -> None:
    manager = RoleGrantFactory(role="practice_manager", organisation=post.organisation).user
    for user in (UserFactory(), manager):
        client.force_login(user)
        assert client.get(address(name, post)).status_code == 404
        assert client.post(address(name, post), {"do": "delete"}).status_code == 404


TWO_WEEKS: dict[str, Any] = {**MONDAY, "rhythm": "alternate", "kind_b_1_pm": "admin"}


def test_two_weeks_in_turn_are_saved_and_told_as_two_tables(me: Client, post: Post) -> None:
    press(me, post, "save", **TWO_WEEKS, basis="term_time", weeks_a_year="39")
    assert shape_of(draft_of(post)) == Shape(
        {(0, "am"): ("clinical", 250)}, {(1, "pm"): ("admin", 250)}, Terms("term_time", 39)
    )
    for name in ("session-tell", "session-print"):
        page = text(me.get(address(name, post)))
        assert "My week: week A" in page
        assert "My week: week B" in page
        assert "In term time only: 39 weeks a year." in page


def test_hours_really_worked_stand_beside_the_contract_and_are_not_told(
    me: Client, post: Post
) -> None:
    page = text(press(me, post, "tell", **MONDAY, actual_hours="6.5"))
    assert page == ""
    page = text(me.get(address("session-pattern", post)))
    assert "Contracted, in a week in work: 4 hours 10 minutes" in page
    assert "Really worked, seen by you alone: 6 hours 30 minutes" in page
    assert "Really worked" not in text(me.get(address("session-tell", post)))


def test_both_full_time_equivalents_are_named(me: Client, post: Post) -> None:
    Post.objects.update(session_minutes=200)
    page = text(press(me, post, "totals", kind_0_am="clinical"))
    assert "0.09 FTE by hours, 0.11 by sessions" in page
    assert "FTE by hours, 37.5 a week being one: 0.09" in page
    assert "FTE by sessions, nine a week being one: 0.11" in page


def test_a_clash_is_shown_while_it_is_typed_and_to_nobody_at_the_practice(
    me: Client, client: Client, post: Post
) -> None:
    other = PostFactory(person=post.person, organisation__name="Oak Practice", role="locum")
    SessionCellFactory(pattern=SessionPatternFactory(post=other))
    SessionCellFactory(pattern=SessionPatternFactory(post=post))
    part = text(me.post(address("session-totals", post), {"version": 0, **MONDAY}))
    assert "Monday morning: you also work as Locum GP at Oak Practice." in part
    assert "1 half-day in two places" in part
    assert "also work as" not in text(press(me, post, "totals", kind_1_am="clinical"))
    client.force_login(
        RoleGrantFactory(role="practice_manager", organisation=post.organisation).user
    )
    staff = text(client.get(reverse("practice-people", args=[post.organisation.code])))
    assert "Monday" in staff
    assert "Oak Practice" not in staff
    assert "two places" not in staff


def test_clearing_is_undone_without_javascript(me: Client, post: Post) -> None:
    cleared = press(me, post, "clear", kind_4_am="cpd", minutes_4_am="77")
    before = cleared.context["form"]["before"].value()
    undone = text(press(me, post, "undo", before=before))
    assert 'name="minutes_4_am" value="77"' in undone
    assert draft_of(post) is None


def test_week_a_is_copied_to_week_b(me: Client, post: Post) -> None:
    page = text(press(me, post, "copy_b", kind_4_am="cpd", minutes_4_am="77"))
    assert 'name="minutes_b_4_am" value="77"' in page
    assert 'value="alternate"' in page
    wrong = text(press(me, post, "copy_b", kind_4_am="golf"))
    assert "choose what it is for from the list" in wrong


def test_a_pasted_week_is_put_on_the_page_or_its_problem_named(me: Client, post: Post) -> None:
    page = text(press(me, post, "paste", pasted="Friday\tCPD 77", kind_0_am="clinical"))
    assert 'name="minutes_4_am" value="77"' in page
    assert "Friday\tCPD 77\tOff" in page
    page = text(press(me, post, "paste", pasted="Friday\tGolf", **MONDAY))
    assert "<title>Error: My week" in page
    assert 'href="#id_pasted"' in page
    assert "Friday morning: “Golf” cannot be read" in page
    assert 'name="minutes_0_am" value="250"' in page
    assert draft_of(post) is None


def earlier_week(post: Post) -> SessionPattern:
    """Monday morning, told for a time that is over."""
    ended = SessionPatternFactory(post=post, ends_on=today() - dt.timedelta(days=30))
    SessionCellFactory(pattern=ended)
    return ended


def test_an_earlier_week_and_one_of_another_post_can_be_copied_in(me: Client, post: Post) -> None:
    earlier = earlier_week(post)
    other = PostFactory(person=post.person, session_minutes=240)
    theirs = SessionPatternFactory(post=other)
    SessionCellFactory(pattern=theirs, weekday=3, part="pm", kind="admin", minutes=240)
    page = text(me.get(address("session-pattern", post)))
    assert f'<option value="{theirs.public_id}">{other}. From 1 April 2020: 1 session' in page
    assert f'<option value="{earlier.public_id}">Here. 1 April 2020 to ' in page
    # A session there becomes a session here.
    copied = text(press(me, post, "copy_from", kind_4_am="cpd", copy_of=theirs.public_id))
    assert 'name="minutes_3_pm" value="250"' in copied
    assert 'name="before" value="week=&amp;kind_4_am=cpd' in copied
    again = text(press(me, post, "copy_from", copy_of=earlier.public_id))
    assert 'name="minutes_0_am" value="250"' in again
    assert 'name="minutes_3_pm" value="250"' not in again
    assert not SessionPattern.objects.filter(told_at__isnull=True).exists()


def test_nobody_elses_week_is_copied_and_nothing_is_taken_for_no_choice(
    me: Client, post: Post
) -> None:
    stranger = earlier_week(PostFactory(person=RegisteredPersonFactory()))
    for wanted in (stranger.public_id, "", "x" * 40):
        page = text(press(me, post, "copy_from", kind_4_am="cpd", copy_of=wanted))
        assert "Choose a week to copy from the list." in page
        assert '<option value="cpd" selected' in page


def test_with_one_week_there_is_nothing_to_copy(me: Client, post: Post) -> None:
    SessionCellFactory(pattern=SessionPatternFactory(post=post))
    assert "Copy an earlier week" not in text(me.get(address("session-pattern", post)))
