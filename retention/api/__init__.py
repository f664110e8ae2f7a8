"""The API of the record: places, one's own record and plan, a practice's posts, files."""

from ninja import Router

from retention.api import (
    files,
    mine,
    network_staff,
    own_experience,
    places,
    plans,
    population,
    post_changes,
    posts,
    practice_change,
    private_outlooks,
    profiles,
    quality,
    roster,
    staff_outlooks,
)

router = Router()
router.add_router("", places.router)
router.add_router("", private_outlooks.router)
router.add_router("", own_experience.router)
router.add_router("", profiles.router)
router.add_router("", quality.router)
router.add_router("", network_staff.router)
router.add_router("", population.router)
router.add_router("", staff_outlooks.router)
router.add_router("", mine.router)
router.add_router("", post_changes.router)
router.add_router("", plans.router)
router.add_router("", posts.router)
router.add_router("", practice_change.router)
router.add_router("", files.router)
router.add_router("", roster.router)
