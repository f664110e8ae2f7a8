"""What a pair's score is made of: whole numbers, 1,000 at most.

Every part rises, or stays, with more half-days, more interests and a shorter way, and a stated
preference never adds a point: so a shorter list or a fuller wish never raises a score.
"""

# Points for 0, 1, 2, and 3 or more in common.
INTERESTS = (0, 150, 250, 350)
HALF_DAYS = (0, 100, 175, 250)
# Up to so many kilometres as the crow flies; nothing beyond, or where a place is not known.
DISTANCE = ((5, 200), (15, 150), (30, 100), (60, 50))
# The same profession, or no wish for it.
PROFESSION = 200

MOST = {
    "interests": INTERESTS[-1],
    "half_days": HALF_DAYS[-1],
    "distance": DISTANCE[0][1],
    "profession": PROFESSION,
}
