"""Addresses of accounts."""

from django.urls import URLPattern, URLResolver, path

from accounts.views import hub, hub_people, invitations, me, notices, practice, roles
from accounts.views.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("roles/", roles.roles, name="roles"),
    path("roles/<uuid:grant>/end/", roles.role_end, name="role-end"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path(
        "invitations/<uuid:invitation>/withdraw/",
        invitations.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path("notices/<uuid:notice>/read/", notices.notice_read, name="notice-read"),
    path("me/who-looked/", me.who_looked, name="who-looked"),
    path("me/data/", me.my_data, name="my-data"),
    path("me/data/download/", me.my_data_download, name="my-data-download"),
    path("me/data/erase/", me.erase, name="erase"),
    path("me/tokens/", me.tokens, name="tokens"),
    path("me/tokens/<uuid:token>/end/", me.token_end, name="token-end"),
    path("practices/<str:code>/access/", practice.practice_access, name="practice-access"),
    path("practices/<str:code>/access/invite/", practice.practice_invite, name="practice-invite"),
    path("practices/<str:code>/sharing/", practice.practice_sharing, name="practice-sharing"),
    path("hubs/<slug:slug>/people/", hub_people.hub_people, name="hub-people"),
    path("hubs/<slug:slug>/people/invite/", hub_people.hub_invite, name="hub-invite"),
    path("hubs/<slug:slug>/people/<uuid:user>/grant/", hub_people.hub_grant, name="hub-grant"),
    path(
        "recognitions/<uuid:recognition>/",
        hub_people.recognition_decide,
        name="recognition-decide",
    ),
    path(
        "recognitions/<uuid:recognition>/end/",
        hub_people.recognition_end,
        name="recognition-end",
    ),
    path("hubs/<slug:slug>/join/", hub.hub_join, name="hub-join"),
    path("hubs/<slug:slug>/agreements/", hub.agreements, name="agreements"),
    path("hubs/<slug:slug>/agreements/add/", hub.agreement_add, name="agreement-add"),
    path("hubs/<slug:slug>/agreements/<int:agreement>/", hub.agreement_edit, name="agreement-edit"),
    path("hubs/<slug:slug>/audit/", hub.hub_audit, name="hub-audit"),
]
