"""Logistic regression with an offset and a ridge: what scikit-learn's own does not take."""

import warnings
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from models.arrays import Floats
from models.log_odds import expit

# What a sum over rows may be out by, as a part of it.
_LAST_DIGITS = 1e-14


class OffsetLogistic(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Binary logistic regression: logit p = offset + x.coef, with `ridge`/2 |coef|^2 against it.

    The offset is what is known beforehand, in log-odds; without one it is 0, even chances. There
    is no separate intercept: a column of ones is shrunk to the offset like every other column.
    The penalised likelihood is strictly concave, so the fit is unique and needs no seed.
    """

    def __init__(self, ridge: float = 1.0, max_iter: int = 50, tol: float = 1e-8) -> None:
        """Keep the settings; `ridge` must be above 0, and is checked in `fit`."""
        self.ridge = ridge
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X: ArrayLike, y: ArrayLike, offset: ArrayLike | None = None) -> Self:
        """Fit to rows.

        X: (rows, features); y: (rows,) of two classes, of which the second in order is the event;
        offset: (rows,) log-odds. Raises ValueError for more than two classes, a ridge that is not
        above 0, or unknown numbers. Warns (ConvergenceWarning) when `max_iter` was too few.
        """
        if not self.ridge > 0:
            raise ValueError("The ridge must be above 0.")
        features, labels = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(labels)
        self.classes_, event = np.unique(labels, return_inverse=True)
        if len(self.classes_) != 2:
            # scikit-learn's own checks look for these words.
            raise ValueError(
                "Only binary classification is supported: this classifier needs samples of 2 "
                f"classes, not of {len(self.classes_)} class(es)."
            )
        self.coef_, self.n_iter_ = fit_ridge(
            features,
            event.astype(np.float64),
            offset_of(offset, len(features)),
            ridge=self.ridge,
            max_iter=self.max_iter,
            tol=self.tol,
        )
        return self

    def decision_function(self, X: ArrayLike, offset: ArrayLike | None = None) -> Floats:
        """Log-odds of the event, shape (rows,)."""
        check_is_fitted(self)
        features = validate_data(self, X, dtype=np.float64, reset=False)
        odds: Floats = offset_of(offset, len(features)) + features @ self.coef_
        return odds

    def predict_proba(self, X: ArrayLike, offset: ArrayLike | None = None) -> Floats:
        """Chances of no event and of the event, shape (rows, 2)."""
        chance = expit(self.decision_function(X, offset))
        return np.stack([1 - chance, chance], axis=-1)

    def predict(self, X: ArrayLike, offset: ArrayLike | None = None) -> NDArray[Any]:
        """The likelier class, shape (rows,)."""
        likelier = (self.decision_function(X, offset) > 0).astype(int)
        labels: NDArray[Any] = self.classes_[likelier]
        return labels

    def __sklearn_tags__(self) -> Any:
        """Say that it tells two classes apart, no more."""
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags


def fit_ridge(
    features: Floats, event: Floats, offset: Floats, *, ridge: float, max_iter: int, tol: float
) -> tuple[Floats, int]:
    """Coefficients (features,) at the penalised maximum, and the Newton steps taken.

    event: (rows,) of 0 and 1. No rows, or no event where the offset expects none, leave 0.
    """
    beta = np.zeros(features.shape[1])
    value = _penalised(beta, features, event, offset, ridge)
    for step_number in range(max_iter):
        chance = expit(offset + features @ beta)
        gradient = features.T @ (event - chance) - ridge * beta
        # By the number of rows, since a gradient is a sum over them.
        if np.max(np.abs(gradient), initial=0.0) < tol * max(1, len(event)):
            return beta, step_number
        curvature = (features.T * (chance * (1 - chance))) @ features
        # Never singular: the ridge is above 0, whatever the columns share.
        step = np.linalg.solve(curvature + ridge * np.eye(len(beta)), gradient)
        # A full step can overshoot where chances are near 0 or 1: halve it until it gains. Near the
        # top it gains less than the sum's last digits, which no halving would mend.
        least = value - _LAST_DIGITS * abs(value)
        while (new := _penalised(beta + step, features, event, offset, ridge)) < least:
            step /= 2
        beta, value = beta + step, new
    warnings.warn("The fit needs more iterations.", ConvergenceWarning, stacklevel=4)
    return beta, max_iter


def offset_of(offset: ArrayLike | None, rows: int) -> Floats:
    """Return the offset as an array of (rows,); raise ValueError if it is not that."""
    if offset is None:
        return np.zeros(rows)
    array = np.asarray(offset, dtype=np.float64)
    if array.shape != (rows,) or not np.all(np.isfinite(array)):
        raise ValueError(f"The offset must hold one known number for each of {rows} rows.")
    return array


def _penalised(
    beta: Floats, features: Floats, event: Floats, offset: Floats, ridge: float
) -> float:
    """Log-likelihood less the ridge."""
    eta = offset + features @ beta
    # log(1 + exp(eta)) without overflow.
    likelihood = np.sum(event * eta - np.logaddexp(0, eta))
    return float(likelihood - ridge / 2 * beta @ beta)
