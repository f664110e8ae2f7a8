"""Yearly chances of leaving, learnt from person-years and anchored to the standard table.

A discrete-time model with two competing causes: for each, logit h = logit(table) + x.beta. The
ridge on beta decides how much evidence it takes to leave the table.
"""

import warnings
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator
from sklearn.exceptions import ConvergenceWarning

from models.arrays import Floats
from models.incidence import LEAVE_OTHERWISE, RETIRE
from models.standard_table import StandardTable, standard_table

STAYED, RETIRED, LEFT_OTHERWISE = 0, 1, 2
CAUSES = {RETIRE: RETIRED, LEAVE_OTHERWISE: LEFT_OTHERWISE}


class OffsetHazard(BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Cause-specific logistic hazards with the standard table as offset.

    scikit-learn's LogisticRegression takes no offset, hence this class. There is no separate
    intercept: a column of ones lets a place differ from the table as a whole, and then `ridge`
    is close to the K of credibility Z = E/(E+K), E being the leavers that the table expects.
    Before `fit`, or fitted to no rows, it is the table exactly.
    """

    def __init__(
        self,
        ridge: float = 10.0,
        table: StandardTable | None = None,
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

        X: (rows, features) as at the start of the year; y: (rows,) of STAYED, RETIRED or
        LEFT_OTHERWISE; age: (rows,) in whole years. Raises ValueError for other events or a
        ridge that is not above 0. Warns (ConvergenceWarning) when `max_iter` was too few.
        """
        features, events = np.asarray(X, dtype=np.float64), np.asarray(y)
        if not self.ridge > 0:
            raise ValueError("The ridge must be above 0.")
        if not np.all(np.isin(events, (STAYED, *CAUSES.values()))):
            raise ValueError("Events must be 0 (stayed), 1 (retired) or 2 (left otherwise).")
        offset = _logit(self._table().hazards(age))
        self.coef_ = np.stack(
            [self._newton(features, events == CAUSES[c], offset[:, c]) for c in CAUSES]
        )
        return self

    def predict_hazard(self, X: ArrayLike, age: ArrayLike) -> Floats:
        """Yearly chances of (retire, leave otherwise), shape (rows, 2).

        The causes are fitted apart; where their sum would pass 1 both are scaled down to it.
        """
        hazards = self._table().hazards(age)
        if not hasattr(self, "coef_") or not np.any(self.coef_):
            return hazards
        shift = np.asarray(X, dtype=np.float64) @ self.coef_.T
        fitted = _expit(_logit(hazards) + shift)
        scaled: Floats = fitted / np.maximum(1.0, fitted.sum(axis=-1, keepdims=True))
        return scaled

    def _table(self) -> StandardTable:
        return self.table or standard_table()

    def _newton(self, features: Floats, event: Floats, offset: Floats) -> Floats:
        """Maximise the penalised likelihood of one cause; it is strictly concave."""
        beta = np.zeros(features.shape[1])
        value = self._penalised(beta, features, event, offset)
        for _ in range(self.max_iter):
            chance = _expit(offset + features @ beta)
            gradient = features.T @ (event - chance) - self.ridge * beta
            if np.max(np.abs(gradient), initial=0.0) < self.tol * max(1, len(event)):
                return beta
            curvature = (features.T * (chance * (1 - chance))) @ features
            step = np.linalg.solve(curvature + self.ridge * np.eye(len(beta)), gradient)
            # A full step can overshoot where chances are near 0 or 1: halve it until it gains.
            while (new := self._penalised(beta + step, features, event, offset)) < value:
                step /= 2
            beta, value = beta + step, new
        warnings.warn("OffsetHazard needs more iterations.", ConvergenceWarning, stacklevel=3)
        return beta

    def _penalised(self, beta: Floats, features: Floats, event: Floats, offset: Floats) -> float:
        """Log-likelihood of one cause, less the ridge."""
        eta = offset + features @ beta
        likelihood = np.sum(event * eta - np.logaddexp(0, eta))
        return float(likelihood - self.ridge / 2 * beta @ beta)


def _logit(chance: Floats) -> Floats:
    odds: Floats = np.log(chance) - np.log1p(-chance)
    return odds


def _expit(odds: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-odds))
    return chance
