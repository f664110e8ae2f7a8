"""Who is told when a hub merges into another, and what ends for them with the old one."""

from collections import defaultdict

from django.db.models import Q

from accounts.actions.notices import holders_of_roles, keepers_of
from accounts.models import User
from accounts.models.notice import NoticeLine
from organisations.clock import today
from organisations.models import Organisation, Sharing
from retention.models import PlanShare, Post


def affected_by_merger(hub: Organisation) -> defaultdict[User, set[NoticeLine]]:
    """Return what ends for whom with `hub`; call it before anything has ended."""
    told: defaultdict[User, set[NoticeLine]] = defaultdict(set)
    day = today()
    # Somebody with two roles is told once: the lines are a set.
    for user, _ in holders_of_roles(hub, day):
        told[user].add(NoticeLine.ROLE_ENDED)
    shares = PlanShare.objects.as_at(day).filter(recipient=hub)
    for share in shares.select_related("plan__person__user"):
        if share.plan.person.user is not None:
            told[share.plan.person.user].add(NoticeLine.SHARE_ENDED)
    # One that begins later has an end too: it was given to this hub.
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    switches = Sharing.objects.filter(lasting, recipient=hub).values("practice")
    under = Post.objects.filter(lasting, agreement__hub=hub).values("organisation")
    practices = Organisation.objects.all()
    for found, line in (
        (practices.filter(pk__in=switches), NoticeLine.SWITCHES_ENDED),
        (practices.filter(pk__in=under), NoticeLine.AGREEMENTS_ENDED),
    ):
        for keepers in keepers_of(found).values():
            for user in keepers:
                told[user].add(line)
    return told
