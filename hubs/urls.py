"""Addresses of hubs."""

from django.urls import URLPattern, URLResolver, path

from hubs.views import (
    conversations,
    digest,
    hub,
    hub_conversations,
    mentoring,
    pairing,
    pairs,
    schemes,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("hubs/<slug:slug>/", hub.hub, name="hub"),
    path("hubs/<slug:slug>/mentors/", hub.hub_mentors, name="hub-mentors"),
    path("hubs/<slug:slug>/mentees/", hub.hub_mentees, name="hub-mentees"),
    path("hubs/<slug:slug>/schemes/", schemes.schemes, name="schemes"),
    path("hubs/<slug:slug>/schemes/new/", schemes.scheme_new, name="scheme-new"),
    path("schemes/<uuid:scheme>/", schemes.scheme, name="scheme"),
    path("schemes/<uuid:scheme>/edit/", schemes.scheme_edit, name="scheme-edit"),
    path("schemes/<uuid:scheme>/open/", schemes.scheme_open, name="scheme-open"),
    path("schemes/<uuid:scheme>/close/", schemes.scheme_close, name="scheme-close"),
    path("schemes/<uuid:scheme>/pairing/", pairing.pairing, name="pairing"),
    path("pairings/<uuid:run>/", pairing.pairing_run, name="pairing-run"),
    path("pairings/<uuid:run>/state/", pairing.pairing_run_state, name="pairing-run-state"),
    path("pairings/<uuid:run>/approve/", pairing.approve_all, name="pairing-run-approve"),
    path(
        "hubs/<slug:slug>/conversations/",
        hub_conversations.hub_conversations,
        name="hub-conversations",
    ),
    path(
        "hubs/<slug:slug>/conversations/invite/<str:code>/",
        hub_conversations.conversation_invite,
        name="conversation-invite",
    ),
    path(
        "hubs/<slug:slug>/conversations/leaflet/",
        conversations.conversation_leaflet,
        name="conversation-leaflet",
    ),
    path(
        "conversations/<uuid:conversation>/mark/",
        hub_conversations.conversation_mark,
        name="conversation-mark",
    ),
    path("me/summary/", digest.digest, name="digest"),
    path("me/conversations/", conversations.conversations, name="conversations"),
    path(
        "me/conversations/ask/<slug:slug>/", conversations.conversation_ask, name="conversation-ask"
    ),
    path(
        "me/conversations/<uuid:conversation>/withdraw/",
        conversations.conversation_withdraw,
        name="conversation-withdraw",
    ),
    path(
        "me/conversations/invitations/<uuid:invitation>/hide/",
        conversations.invitation_hide,
        name="invitation-hide",
    ),
    path("mentoring/", mentoring.mentoring, name="mentoring"),
    path("mentoring/offer/<slug:slug>/", mentoring.offer, name="offer"),
    path("mentoring/offer/<slug:slug>/state/", mentoring.offer_state, name="offer-state"),
    path("mentoring/ask/<slug:slug>/", mentoring.ask, name="ask"),
    path("mentoring/ask/<slug:slug>/withdraw/", mentoring.ask_withdraw, name="ask-withdraw"),
    path("pairs/<uuid:pair>/", pairs.pair, name="pair"),
    path("pairs/<uuid:pair>/approve/", pairing.pair_approve, name="pair-approve"),
    path("pairs/<uuid:pair>/dismiss/", pairing.pair_dismiss, name="pair-dismiss"),
    path("pairs/<uuid:pair>/answer/", pairs.pair_answer, name="pair-answer"),
    path("pairs/<uuid:pair>/end/", pairs.pair_end, name="pair-end"),
    path("pairs/<uuid:pair>/meetings/new/", pairs.meeting_new, name="meeting-new"),
    path("meetings/<uuid:meeting>/", pairs.meeting_edit, name="meeting-edit"),
]
