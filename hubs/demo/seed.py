"""What makes two loads alike: one seed, and names that stand for ids."""

import random
import uuid

SEED = 20_261_121
_NAMESPACE = uuid.UUID("6f1c1d0e-5f0e-4d5c-9a53-2d3b6a1f0d42")


def stream(section: str) -> random.Random:
    """Return the random numbers of one section: a change in one section moves no other."""
    return random.Random(f"{SEED}:{section}")


def stable_id(thing: str) -> uuid.UUID:
    """Return the id of a thing of the demo, the same in every load, so that links stay."""
    # Not random: a bookmark of a page works after the demo was loaded anew.
    return uuid.uuid5(_NAMESPACE, thing)
