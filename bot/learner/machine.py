"""Linear models that are learned several times over, each time without a part of the requests, and averaged.

What each says of the part it never saw shows how sure its scores make one, and which requests are labelled
otherwise than the rest would have them: where there are more of these than a desk without careless labels has,
they count for less.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.svm import LinearSVC

from bot.domain.sorting.model import STRAIGHT, SortingModel
from bot.learner.matrix import TermMatrix, WeighedRows

STIFFNESS: Final = 0.2
"""C of the linear model: the less, the less a single request moves it."""
TOLERANCE: Final = 0.01
"""Where learning ends. By its dual form a tenth of the time is enough, and what is said hardly differs."""
FOLDS: Final = 5
FEW_ROWS: Final = 6_000
FEW_ROUNDS: Final = 3
"""Fewer requests are learned from so many times over; with more of them, nothing that could be seen changes."""
CARELESS: Final = 0.07
"""The share of odd labels among the clearest requests from which on odd ones count for less."""
LEAST_WEIGHT: Final = 0.1
UNSEEN: Final = 0.3
"""How often a term is taken to have been seen where it was not."""
_STEADY: Final = 1.0
"""How much is held against shifts."""


def learn_one(
    matrix: TermMatrix, answers: Sequence[int], *, labels: tuple[str, ...]
) -> tuple[SortingModel, dict[str, Any]]:
    """Of requests that have one label each, by its number."""
    weighed, given = matrix.weighed(), np.asarray(answers)
    targets = _targets([{int(each)} for each in given], len(labels))
    folds, rounds = (FOLDS, FEW_ROUNDS) if len(given) < FEW_ROWS else (3, 1)
    trusted, careless = _trusted(weighed.rows, targets, given, folds=folds, rounds=rounds)
    scores, (weights, biases) = _crossed(weighed.rows, targets, given, trusted, folds=folds, rounds=rounds)
    given, counts = np.tile(given, rounds), np.tile(trusted, rounds)
    sharpness, shifts = _calibrated(scores, given, counts)
    surenesses = softened(sharpness * scores + shifts)
    is_right = surenesses.argmax(axis=1) == given
    bend = _bend(surenesses.max(axis=1), is_right, counts)
    figures = {"right": float(is_right.mean()), "odd": careless}
    model = _model(weighed, weights, biases, labels, [sharpness] * len(labels), shifts, bend=bend)
    return model, figures


def learn_many(
    matrix: TermMatrix, answers: Sequence[Collection[int]], *, labels: tuple[str, ...]
) -> tuple[SortingModel, dict[str, Any]]:
    """Of requests that have any number of labels each, by their numbers."""
    weighed, targets = matrix.weighed(), _targets(answers, len(labels))
    folds = FOLDS if len(answers) < FEW_ROWS else 3
    trusted = np.ones(len(answers))
    scores, (weights, biases) = _crossed(weighed.rows, targets, None, trusted, folds=folds, rounds=1)
    curves = [_curve(scores[:, each], targets[:, each]) for each in range(len(labels))]
    sharpness, shifts = [a for a, _ in curves], [b for _, b in curves]
    is_said = np.asarray(sharpness) * scores + np.asarray(shifts) > 0
    right = float((is_said & targets).sum() / max(1, is_said.sum()))
    model = _model(weighed, weights, biases, labels, sharpness, shifts, has_many=True)
    return model, {"right": right, "odd": 0.0}


def softened(raised: Any) -> Any:  # noqa: ANN401  arrays of numpy
    """Scores as shares of one, row by row."""
    powers = np.exp(raised - raised.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _targets(answers: Sequence[Collection[int]], many: int) -> Any:  # noqa: ANN401
    targets = np.zeros((len(answers), many), dtype=bool)
    for row, labels in enumerate(answers):
        targets[row, list(labels)] = True
    return targets


def _crossed(
    rows: Any,  # noqa: ANN401
    targets: Any,  # noqa: ANN401
    given: Any,  # noqa: ANN401
    trusted: Any,  # noqa: ANN401
    *,
    folds: int,
    rounds: int,
    seed: int = 0,
) -> tuple[Any, tuple[Any, Any]]:
    """Scores of each request by a model that never saw it, one round below the other; and the models' average."""
    scores = np.zeros((rounds * len(targets), targets.shape[1]))
    weights = np.zeros((rows.shape[1], targets.shape[1]))
    biases = np.zeros(targets.shape[1])
    for at in range(rounds):
        kind = KFold if given is None else StratifiedKFold
        parts = kind(folds, shuffle=True, random_state=seed + at)
        for seen, unseen in parts.split(rows, given):
            these, bias = _fitted(rows[seen], targets[seen], trusted[seen])
            scores[at * len(targets) + unseen] = rows[unseen] @ these + bias
            weights += these
            biases += bias
    return scores, (weights / (folds * rounds), biases / (folds * rounds))


def _fitted(rows: Any, targets: Any, trusted: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """A linear model for each label: this one, or another.

    Terms are weighed by how differently often they are in requests of the label and in others, after Wang and
    Manning, “Baselines and Bigrams”, 2012: what tells nothing apart is not learned by heart.
    """
    weights = np.zeros((rows.shape[1], targets.shape[1]))
    biases = np.full(targets.shape[1], -1.0)
    in_all = np.asarray(rows.T @ trusted).ravel()
    for label in range(targets.shape[1]):
        is_one = targets[:, label]
        if 0 < is_one.sum() < len(targets):
            telling = _telling(np.asarray(rows.T @ (trusted * is_one)).ravel(), in_all)
            machine = LinearSVC(C=STIFFNESS, dual=True, tol=TOLERANCE, random_state=0)
            machine.fit(rows @ sparse.diags(telling), is_one, sample_weight=trusted)
            weights[:, label], biases[label] = machine.coef_[0] * telling, machine.intercept_[0]
    return weights, biases


def _telling(in_these: Any, in_all: Any) -> Any:  # noqa: ANN401
    """By term, how differently often it is in requests of a label and in all others."""
    these, others = in_these + UNSEEN, in_all - in_these + UNSEEN
    return np.abs(np.log((these / these.sum()) / (others / others.sum())))


def _share_of_odd(scores: Any, given: Any) -> float:  # noqa: ANN401
    """Among the third of the requests whose label is clearest, the share of those that were given another one."""
    ordered = np.sort(scores, axis=1)
    clear = np.argsort(ordered[:, -2] - ordered[:, -1], kind="stable")[: max(1, len(scores) // 3)]
    return float((scores[clear].argmax(axis=1) != given[clear]).mean())


def _trusted(rows: Any, targets: Any, given: Any, *, folds: int, rounds: int) -> tuple[Any, float]:  # noqa: ANN401
    """How much each request counts: less where its label is much less likely than another; and how many are odd.

    That is looked at twice, the second time without what was odd the first time.
    """
    trusted, careless = np.ones(len(given)), 0.0
    for seed in (100, 200):
        scores, _ = _crossed(rows, targets, given, trusted, folds=folds, rounds=rounds, seed=seed)
        scores = scores.reshape(rounds, *targets.shape).mean(axis=0)
        careless = careless or _share_of_odd(scores, given)
        if careless <= CARELESS:
            return trusted, careless
        sharpness, shifts = _calibrated(scores, given, trusted)
        surenesses = softened(sharpness * scores + shifts)
        likely = surenesses[np.arange(len(given)), given] / surenesses.max(axis=1)
        floor = max(LEAST_WEIGHT, 1 - 2 * (careless - CARELESS) / CARELESS)
        trusted = np.clip(2 * likely, floor, 1)
    return trusted, careless


def _calibrated(scores: Any, given: Any, counts: Any) -> tuple[float, Any]:  # noqa: ANN401
    """How sharp scores are to be read, and a shift for each label, so that surenesses are shares of right ones."""
    at = np.arange(len(given))

    def loss(knobs: Any) -> tuple[float, Any]:  # noqa: ANN401
        surenesses = softened(knobs[0] * scores + knobs[1:])
        missed = -(counts * np.log(surenesses[at, given] + 1e-12)).sum()
        missed += _STEADY * (knobs[1:] ** 2).sum()
        surenesses[at, given] -= 1
        surenesses *= counts[:, None]
        slope = np.r_[(surenesses * scores).sum(), surenesses.sum(axis=0) + 2 * _STEADY * knobs[1:]]
        return float(missed), slope

    found = minimize(loss, np.r_[3.0, np.zeros(scores.shape[1])], jac=True, method="L-BFGS-B").x
    return float(found[0]), found[1:]


def _bend(surenesses: Any, is_right: Any, counts: Any) -> tuple[float, float, float]:  # noqa: ANN401
    """What makes the likeliest label's sureness the share that is right; held to change little without need."""
    within = np.clip(surenesses, 1e-9, 1 - 1e-9)
    sides = np.stack([np.log(within), -np.log(1 - within), np.ones(len(within))])
    straight = np.array(STRAIGHT)

    def loss(knobs: Any) -> tuple[float, Any]:  # noqa: ANN401
        raised, changed = knobs @ sides, knobs - straight
        missed = (counts * (np.logaddexp(0, raised) - is_right * raised)).sum()
        off = counts * (1 / (1 + np.exp(-raised)) - is_right)
        return float(missed + _STEADY * (changed**2).sum()), sides @ off + 2 * _STEADY * changed

    bounds = [(0.05, None), (0.05, None), (None, None)]
    yes, no, shift = minimize(loss, straight, jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(yes), float(no), float(shift)


def _curve(scores: Any, given: Any) -> tuple[float, float]:  # noqa: ANN401
    """By Platt's method: few of a kind are never taken for all there is."""
    have, lack = int(given.sum()), int((~given).sum())
    wanted = np.where(given, (have + 1) / (have + 2), 1 / (lack + 2))

    def loss(knobs: Any) -> tuple[float, Any]:  # noqa: ANN401
        raised = knobs[0] * scores + knobs[1]
        missed = np.logaddexp(0, raised) - wanted * raised
        off = 1 / (1 + np.exp(-raised)) - wanted
        return float(missed.sum()), np.array([(off * scores).sum(), off.sum()])

    found = minimize(loss, np.array([3.0, 0.0]), jac=True, method="L-BFGS-B").x
    return float(found[0]), float(found[1])


def _model(
    weighed: WeighedRows,
    weights: Any,  # noqa: ANN401
    biases: Any,  # noqa: ANN401
    labels: tuple[str, ...],
    sharpness: Sequence[float],
    shifts: Sequence[float],
    *,
    bend: tuple[float, float, float] = STRAIGHT,
    has_many: bool = False,
) -> SortingModel:
    return SortingModel(
        labels=labels,
        terms=weighed.terms.tolist(),
        rarities=weighed.rarities.tolist(),
        weights=weights.astype(np.float32).ravel().tolist(),
        biases=biases.astype(np.float32).tolist(),
        sharpness=[float(each) for each in sharpness],
        shifts=[float(each) for each in shifts],
        unknown_rarity=weighed.unknown_rarity,
        bend=bend,
        has_many=has_many,
    )
