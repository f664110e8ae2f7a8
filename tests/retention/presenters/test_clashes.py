"""Two places at once, in words."""

from organisations.models import Organisation
from retention.models import Post
from retention.presenters.clashes import clash_words
from retention.queries.clashes import Clash

ELM = Post(pk=1, role="partner", organisation=Organisation(name="Elm Surgery"))
OAK = Post(pk=2, role="locum", organisation=Organisation(name="Oak Practice"))


def test_a_clash_names_both_posts() -> None:
    words = clash_words(Clash((2, "pm"), ELM, OAK, every_week=True))
    assert words == (
        "Wednesday afternoon: both GP partner at Elm Surgery and Locum GP at Oak Practice."
    )


def test_seen_from_a_post_it_names_the_other() -> None:
    clash = Clash((5, "am"), ELM, OAK, every_week=False)
    assert clash_words(clash, ELM) == (
        "Saturday morning in some weeks: you also work as Locum GP at Oak Practice."
    )
    assert "GP partner at Elm Surgery" in clash_words(clash, OAK)
