"""The API of the record: places, one's own record and plan, a practice's posts, files."""

from ninja import Router

from retention.api import (
    entitlements,
    files,
    method,
    mine,
    network_cover,
    network_staff,
    objections,
    own_experience,
    own_outlook,
    places,
    plans,
    population,
    post_changes,
    post_details,
    posts,
    practice_change,
    private_outlooks,
    profiles,
    quality,
    roster,
    similar_places,
    staff_outlooks,
    years_ahead,
)

router = Router()
router.add_router("", places.router)
router.add_router("", private_outlooks.router)
router.add_router("", own_experience.router)
router.add_router("", profiles.router)
router.add_router("", quality.router)
router.add_router("", network_staff.router)
router.add_router("", entitlements.router)
router.add_router("", network_cover.router)
router.add_router("", population.router)
router.add_router("", similar_places.router)
router.add_router("", years_ahead.router)
router.add_router("", staff_outlooks.router)
router.add_router("", method.router)
router.add_router("", mine.router)
router.add_router("", own_outlook.router)
router.add_router("", post_changes.router)
router.add_router("", plans.router)
router.add_router("", posts.router)
router.add_router("", post_details.router)
router.add_router("", practice_change.router)
router.add_router("", files.router)
router.add_router("", roster.router)
router.add_router("", objections.router)
