"""Chances and their log-odds; pages load this, so it stays free of heavy packages."""

import numpy as np

from models.arrays import Floats

# Chances are kept this far from 0 and 1 before their odds are taken.
_EDGE = 1e-12


def logit(chance: Floats) -> Floats:
    """Log-odds of chances; 0 and 1 are held a trillionth away from themselves."""
    held = np.clip(chance, _EDGE, 1 - _EDGE)
    # log1p keeps the digits of 1 - chance where the chance is tiny.
    odds: Floats = np.log(held) - np.log1p(-held)
    return odds


def expit(odds: Floats) -> Floats:
    """Chances from log-odds."""
    # The plain 1 / (1 + exp(-odds)) overflows, with a warning, for very low odds.
    chance: Floats = np.exp(-np.logaddexp(0, -odds))
    return chance
