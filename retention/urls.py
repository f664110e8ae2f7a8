"""Addresses of the record: one list for each part of it."""

from django.urls import URLPattern, URLResolver, path

from organisations.models.organisation import Kind
from retention.queries.place_figures import AREAS
from retention.views import (
    absences,
    area,
    board,
    charts,
    data_quality,
    entitlement,
    imports,
    me,
    method,
    network,
    objection,
    own_outlook,
    place_profile,
    places,
    plan,
    post_changes,
    practice,
    practice_change,
    practice_people,
    private_outlook,
    published_files,
    roster,
    roster_run,
    session_pattern,
    timeline,
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
    path("me/posts/<uuid:post_id>/change/", post_changes.post_change, name="me-change"),
    path("me/posts/<uuid:post_id>/change/tell/", post_changes.change_tell, name="me-change-tell"),
    path("me/changes/<uuid:change_id>/undo/", post_changes.change_undo, name="me-change-undo"),
    path("me/sessions/<uuid:post_id>/", session_pattern.session_pattern, name="session-pattern"),
    path(
        "me/sessions/<uuid:post_id>/totals/", session_pattern.session_totals, name="session-totals"
    ),
    path("me/sessions/<uuid:post_id>/print/", session_pattern.session_print, name="session-print"),
    path("me/sessions/<uuid:post_id>/tell/", session_pattern.session_tell, name="session-tell"),
    path("me/objection/", objection.objection, name="objection"),
    path("me/outlook/", own_outlook.my_outlook, name="own-outlook"),
    path("me/weeks/", timeline.own_weeks, name="my-weeks"),
    path("me/plan/", plan.plan, name="plan"),
    path("me/plan/delete/", plan.plan_delete, name="plan-delete"),
    path("me/plan/share/<slug:slug>/", plan.plan_share, name="plan-share"),
    path("me/plan/withdraw/<uuid:share_id>/", plan.plan_withdraw, name="plan-withdraw"),
    path("hubs/<slug:slug>/plans/", plan.plans_shared, name="plans-shared"),
    path("practices/<str:code>/people/", practice_people.practice_people, name="practice-people"),
    path("practices/<str:code>/people/to-check/", data_quality.to_check, name="posts-to-check"),
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
        "practices/<str:code>/people/<uuid:post_id>/weeks/", timeline.post_weeks, name="post-weeks"
    ),
    path(
        "practices/<str:code>/people/<uuid:post_id>/leave/",
        absences.post_absence,
        name="post-absence",
    ),
    path(
        "practices/<str:code>/people/<uuid:post_id>/leave/<uuid:absence_id>/end/",
        absences.absence_end,
        name="absence-end",
    ),
    path(
        "practices/<str:code>/people/<uuid:post_id>/link/",
        practice_people.post_link,
        name="post-link",
    ),
]

ROSTER = [
    path("practices/<str:code>/people/roster/", roster.rosters, name="rosters"),
    path(
        "practices/<str:code>/people/roster/unchanged/", roster.unchanged, name="roster-unchanged"
    ),
    path("practices/<str:code>/people/roster/template.csv", roster.template_csv, name="roster-csv"),
    path(
        "practices/<str:code>/people/roster/template.xlsx", roster.template_xlsx, name="roster-xlsx"
    ),
    path("rosters/<uuid:run>/", roster_run.roster_run, name="roster"),
    path("rosters/<uuid:run>/columns/", roster_run.columns, name="roster-columns"),
    path("rosters/<uuid:run>/who/", roster_run.who, name="roster-who"),
    path("rosters/<uuid:run>/confirm/", roster_run.confirm, name="roster-confirm"),
    path("rosters/<uuid:run>/notice/", roster_run.notice, name="roster-notice"),
    path("rosters/<uuid:run>/rejected.csv", roster_run.rejected, name="roster-rejected"),
    path("rosters/<uuid:run>/undo/", roster_run.undo, name="roster-undo"),
    path("rosters/<uuid:run>/retry/", roster_run.retry, name="roster-retry"),
    path("rosters/<uuid:run>/remove/", roster_run.remove, name="roster-remove"),
]

PLACES = [
    path("places/", places.places, name="places"),
    path("places/<str:code>/board/", board.board, name="place-board"),
    path("places/<str:code>/outlook.csv", board.outlook_csv, name="place-outlook-csv"),
    path("places/<str:code>/outlook.xlsx", board.outlook_xlsx, name="place-outlook-xlsx"),
    path("places/<str:code>/published.csv", published_files.published_csv, name="published-csv"),
    path("places/<str:code>/published.xlsx", published_files.published_xlsx, name="published-xlsx"),
    path("places/<str:code>/profile/", place_profile.profile, name="place-profile"),
    path("places/<str:code>/profile.csv", place_profile.profile_csv, name="place-profile-csv"),
    path("places/<str:code>/profile.xlsx", place_profile.profile_xlsx, name="place-profile-xlsx"),
    path(
        "places/<str:code>/profile/charts/<slug:chart>-<str:size>.svg",
        place_profile.profile_chart,
        name="place-profile-chart",
    ),
    path("places/<str:code>/data-quality/", data_quality.quality, name="place-quality"),
    path("places/<str:code>/data-quality.csv", data_quality.quality_csv, name="place-quality-csv"),
    path(
        "places/<str:code>/data-quality.xlsx", data_quality.quality_xlsx, name="place-quality-xlsx"
    ),
    path("networks/<str:code>/", network.network, name="network"),
    path("networks/<str:code>/cover/", network.cover, name="network-cover"),
    path(
        "networks/<str:code>/entitlement/<int:year>/", entitlement.edit, name="network-entitlement"
    ),
    path("practices/<str:code>/", practice.practice, name="practice"),
    path("practices/<str:code>/change/", practice_change.change, name="practice-change"),
    path("areas/<str:code>/", area.area, name="area"),
    path("method/", method.method, name="method"),
    path("method/evaluation/", method.evaluation, name="evaluation"),
    path(
        "method/charts/<slug:name>.<slug:size>.svg",
        method.evaluation_chart,
        name="evaluation-chart",
    ),
]

PRIVATE = [
    path("places/<str:code>/private-outlook/", private_outlook.private, name="place-private"),
    path(
        "places/<str:code>/private-outlook/board/",
        private_outlook.private_board,
        name="place-private-board",
    ),
    path(
        "places/<str:code>/private-outlook.csv",
        private_outlook.private_csv,
        name="place-private-csv",
    ),
    path(
        "places/<str:code>/private-outlook.xlsx",
        private_outlook.private_xlsx,
        name="place-private-xlsx",
    ),
    path(
        "places/<str:code>/private-outlook/charts/<slug:group>-<str:size>.svg",
        private_outlook.private_chart_of,
        name="place-private-chart",
    ),
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
        ("area", (*AREAS, Kind.TRAINING_HUB)),
    )
    for chart, view in (("age", charts.age_chart), ("outlook", charts.outlook_chart_of))
] + [
    path(
        f"{page}s/<str:code>/charts/ahead-<str:size>.svg",
        charts.ahead_chart_of,
        {"kinds": kinds},
        name=f"{page}-ahead-chart",
    )
    for page, kinds in (
        ("network", (Kind.NETWORK,)),
        ("practice", (Kind.PRACTICE,)),
        ("area", (*AREAS, Kind.TRAINING_HUB)),
    )
]

urlpatterns: list[URLPattern | URLResolver] = [
    *PEOPLE,
    *ROSTER,
    *IMPORTS,
    *PLACES,
    *PRIVATE,
    *CHARTS,
]
