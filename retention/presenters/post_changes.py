"""A change of one's own post in words: what was told, and what telling does."""

from retention.models import Post, PostChange
from retention.models.absence import AbsenceReason
from retention.models.post import EndReason
from retention.models.post_change import ENDS, LEAVES
from retention.presenters.session_grid import date_words


def change_words(change: PostChange) -> str:
    """Return "Retired: from 1 April 2027 without this post", as the practice reads the reason."""
    start = date_words(change.starts_on)
    if change.change in ENDS:
        return f"{EndReason(change.change).label}: without this post from {start}"
    if change.change in LEAVES:
        until = f", back on {date_words(change.back_on)}" if change.back_on else ""
        return f"{AbsenceReason(change.change).label}: away from {start}{until}"
    return f"Back from {start}"


def what_telling_does(post: Post, change: PostChange) -> list[str]:
    """Return, one sentence each, what happens to the post and what hangs on it."""
    place, start = post.organisation.name, date_words(change.starts_on)
    if change.change in ENDS:
        return [
            f"Your post ends: {start} is the first day without it. Weeks that you told end then.",
            "If you share a plan with a hub and no other post of yours is in its area, that ends.",
            "Your history stays on your own page. Mentoring and messages about it go on: many"
            " retired people mentor. You end it under “Mentoring”.",
        ]
    if change.change in LEAVES:
        return [
            "Your post and your weeks stand. You are shown as in on no half-day while away.",
            "It is never counted as leaving, and says nothing of why beyond the words above.",
        ]
    # Who comes back to a post that has ended gets another one, which has no week yet.
    if post.ends_on is not None:
        return [
            f"{place} sees that you are coming back, and confirms your new post.",
            "The new post has no week yet: tell it one. What you told before stays your history.",
        ]
    return [f"Your leave ends: you are in again from {start}, with the weeks that you told."]
