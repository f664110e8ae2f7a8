"""Yearly chances of leaving, learnt from person-years and anchored to a table of hazards by age.

A discrete-time model with competing causes: for each, logit h = logit(table) + x.beta. The ridge
on beta decides how much evidence it takes to leave the table.
"""

from collections.abc import Iterable
from typing import Protocol, Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_array, validate_data

from models.arrays import Floats, horizon_years
from models.credibility import STATED_K
from models.incidence import LEAVE_OTHERWISE, RETIRE, cumulative_incidence
from models.log_odds import expit, logit
from models.offset_logistic import fit_ridge
from models.standard_table import standard_table

# Events of the standard table; another table may have other causes, numbered from 1.
STAYED, RETIRED, LEFT_OTHERWISE = 0, RETIRE + 1, LEAVE_OTHERWISE + 1


class HazardTable(Protocol):
    """What a table of hazards must answer; models/age_table.py learns one from person-years."""

    def hazards(self, ages: ArrayLike) -> Floats:
        """Yearly chances at whole `ages`: shape (...) gives (..., causes), all above 0."""
        ...


class OffsetHazard(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Cause-specific logistic hazards with a table as offset, the standard table unless given.

    There is no separate intercept: a column of ones lets a place differ from the table as a
    whole, and then `ridge` is close to the K of credibility Z = E/(E+K), E being the leavers that
    the table expects; hence its default. Before `fit`, or fitted to no rows, it is the table
    exactly.
    """

    def __init__(
        self,
        ridge: float = STATED_K,
        table: HazardTable | None = None,
        max_iter: int = 50,
        tol: float = 1e-8,
    ) -> None:
        """Keep the settings; `ridge` must be above 0, and is checked in `fit`."""
        self.ridge = ridge
        self.table = table
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X: ArrayLike, y: ArrayLike, *, age: ArrayLike) -> Self:
        """Fit to person-years.

        X: (rows, features) as at the start of the year, an array or a frame whose column names
        are kept; y: (rows,) of 0 (stayed) or the number of the table's cause, from 1; age:
        (rows,) in whole years. Raises ValueError for other events, unknown numbers, rows that do
        not match or a ridge that is not above 0. Warns (ConvergenceWarning) when `max_iter` was
        too few. Sets `coef_` of shape (causes, features).
        """
        if not self.ridge > 0:
            raise ValueError("The ridge must be above 0.")
        features = self._features(X, reset=True)
        events, offset = np.asarray(y), logit(self._table().hazards(age))
        causes = offset.shape[-1]
        if not len(features) == len(events) == len(offset):
            raise ValueError("Features, events and ages must have the same rows.")
        if not np.all(np.isin(events, range(causes + 1))):
            raise ValueError(f"Events must be 0 (stayed) or a cause from 1 to {causes}.")
        # Each cause is fitted apart, the other counted as staying: small yearly chances make the
        # two nearly independent, and what is over is scaled down in predict_hazard.
        fits = [
            fit_ridge(
                features,
                (events == cause + 1).astype(np.float64),
                offset[:, cause],
                ridge=self.ridge,
                max_iter=self.max_iter,
                tol=self.tol,
            )
            for cause in range(causes)
        ]
        self.coef_ = np.stack([beta for beta, _ in fits])
        self.n_iter_ = max(steps for _, steps in fits)
        return self

    def predict_hazard(self, X: ArrayLike, age: ArrayLike) -> Floats:
        """Yearly chances of each cause, shape (rows, causes).

        The causes are fitted apart; where their sum would pass 1 all are scaled down to it.
        """
        # With no coefficients the table is handed on untouched: through log-odds and back it would
        # lose its last digits, and be no longer the table exactly.
        hazards = self._table().hazards(age)
        if not hasattr(self, "coef_") or not np.any(self.coef_):
            return hazards
        shift = self._features(X, reset=False) @ self.coef_.T
        fitted = expit(logit(hazards) + shift)
        scaled: Floats = fitted / np.maximum(1.0, fitted.sum(axis=-1, keepdims=True))
        return scaled

    def contributions(self, X: ArrayLike) -> Floats:
        """What each feature adds to the log-odds of each cause: (rows, causes, features)."""
        features = self._features(X, reset=False)
        if not hasattr(self, "coef_"):
            return np.zeros(
                (len(features), self._table().hazards([40]).shape[-1], features.shape[1])
            )
        # On the log-odds, where alone parts add up.
        parts: Floats = features[:, np.newaxis, :] * self.coef_
        return parts

    def _features(self, X: ArrayLike, *, reset: bool) -> Floats:
        """Check and return the features; an estimator that was never fitted takes any."""
        if not reset and not hasattr(self, "n_features_in_"):
            unfitted: Floats = check_array(X, dtype=np.float64, ensure_min_samples=0)
            return unfitted
        features: Floats = validate_data(
            self, X, reset=reset, dtype=np.float64, ensure_min_samples=0
        )
        return features

    def _table(self) -> HazardTable:
        return self.table if self.table is not None else standard_table()


def chained_incidence(yearly: Iterable[Floats], years: Iterable[int]) -> Floats:
    """Chances of each cause within each horizon: (rows, horizons, causes).

    yearly: for each coming year the (rows, causes) hazards of those still there, with the
    features that they will have then. Cumulative incidence, for causes compete: never one minus
    a cause's own survival. Raises ValueError where a horizon lies beyond the years given.
    """
    horizons = horizon_years(years)
    steps = np.stack(list(yearly), axis=-2)
    if max(horizons) > steps.shape[-2]:
        raise ValueError(f"A horizon of {max(horizons)} needs as many years of hazards.")
    return cumulative_incidence(steps)[..., np.array(horizons) - 1, :]
