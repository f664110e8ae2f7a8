"""Addresses of the record: one list for each part of it."""

from django.urls import URLPattern, URLResolver, path

from organisations.models.organisation import Kind
from retention.queries.place_figures import AREAS
from retention.views import (
    area,
    charts,
    imports,
    me,
    method,
    network,
    places,
    plan,
    practice,
    practice_people,
    session_pattern,
)

IMPORTS = [
    path("imports/", imports.imports, name="imports"),
    path("imports/<uuid:run>/", imports.import_run, name="import-run"),
    path("imports/<uuid:run>/confirm/", imports.import_confirm, name="import-confirm"),
    path("imports/<uuid:run>/retry/", imports.import_retry, name="import-retry"),
    path("imports/<uuid:run>/remove/", imports.import_drop, name="import-drop"),
]

PEOPLE = [
    path("me/", me.me, name="me"),
    path("me/details/", me.details, name="me-details"),
    path("me/posts/new/", me.add_own_post, name="me-post-add"),
    path("me/posts/<uuid:post_id>/end/", me.end_own_post, name="me-post-end"),
    path("me/sessions/<uuid:post_id>/", session_pattern.session_pattern, name="session-pattern"),
    path(
        "me/sessions/<uuid:post_id>/totals/", session_pattern.session_totals, name="session-totals"
    ),
    path("me/sessions/<uuid:post_id>/tell/", session_pattern.session_tell, name="session-tell"),
    path("me/plan/", plan.plan, name="plan"),
    path("me/plan/delete/", plan.plan_delete, name="plan-delete"),
    path("me/plan/share/<slug:slug>/", plan.plan_share, name="plan-share"),
    path("me/plan/withdraw/<uuid:share_id>/", plan.plan_withdraw, name="plan-withdraw"),
    path("hubs/<slug:slug>/plans/", plan.plans_shared, name="plans-shared"),
    path("practices/<str:code>/people/", practice_people.practice_people, name="practice-people"),
    path("practices/<str:code>/people/new/", practice_people.post_add, name="post-add"),
    path(
        "practices/<str:code>/people/<uuid:post_id>/confirm/",
        practice_people.post_confirm,
        name="post-confirm",
    ),
    path(
        "practices/<str:code>/people/<uuid:post_id>/end/",
        practice_people.post_end,
        name="post-end",
    ),
    path(
        "practices/<str:code>/people/<uuid:post_id>/link/",
        practice_people.post_link,
        name="post-link",
    ),
]

PLACES = [
    path("places/", places.places, name="places"),
    path("networks/<str:code>/", network.network, name="network"),
    path("practices/<str:code>/", practice.practice, name="practice"),
    path("areas/<str:code>/", area.area, name="area"),
    path("method/", method.method, name="method"),
]

# A network's, a practice's and an area's charts have the same two views, and each its own kinds.
CHARTS = [
    path(
        f"{page}s/<str:code>/charts/{chart}-<str:size>.svg",
        view,
        {"kinds": kinds},
        name=f"{page}-{chart}-chart",
    )
    for page, kinds in (
        ("network", (Kind.NETWORK,)),
        ("practice", (Kind.PRACTICE,)),
        ("area", AREAS),
    )
    for chart, view in (("age", charts.age_chart), ("outlook", charts.outlook_chart_of))
]

urlpatterns: list[URLPattern | URLResolver] = [*PEOPLE, *IMPORTS, *PLACES, *CHARTS]
