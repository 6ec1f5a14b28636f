"""A lesson: requests as numbers, the labels that people gave them, and what is learned of each field."""

from array import array
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.domain.sorting.model import SortingModel
from bot.domain.sorting.terms import terms_of
from bot.learner.machine import learn_many, learn_one
from bot.learner.matrix import TermMatrix

MOST_LABELS: Final = 60
"""Of one field, the most frequent: each takes its share of the time and of the model."""


@dataclass(slots=True, kw_only=True)
class Lesson:
    """`least` is how many requests a label needs to be learned, `least_in_all` how many a field."""

    fields: tuple[str, ...]
    many: frozenset[str]
    """Fields of which a request has any number of labels."""
    least: int
    least_in_all: int
    matrix: TermMatrix = field(default_factory=TermMatrix)
    labels: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    """By field, the labels of each request, in their order."""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Lesson":
        return cls(
            fields=tuple(told["fields"]),
            many=frozenset(told["many"]),
            least=told["least"],
            least_in_all=told["least_in_all"],
            labels={name: [] for name in told["fields"]},
        )

    def add(self, text: str, labels: Mapping[str, str | Sequence[str]]) -> None:
        """A request and what it was given; of a field that is not among them, nothing is known."""
        self.matrix.add(terms_of(text))
        for name in self.fields:
            given = labels.get(name, ())
            self.labels[name].append((given,) if isinstance(given, str) else tuple(given))

    def learned(self) -> dict[str, Any]:
        """By field: the model in base 64 and its figures, or why there is none."""
        return {name: self._learned(name) for name in self.fields}

    def _learned(self, name: str) -> dict[str, Any]:
        has_many = name in self.many
        given = self.labels[name]
        counts = Counter(label for labels in given for label in labels)
        common = [label for label, many in counts.most_common(MOST_LABELS) if many >= self.least]
        told = {
            "requests": sum(1 for labels in given if labels),
            "labels": dict(counts.most_common(MOST_LABELS)),
            "rare": sorted(set(counts) - set(common)),
        }
        kept = [at for at, labels in enumerate(given) if any(each in common for each in labels)]
        if len(common) < (1 if has_many else 2):
            return told | {"why": "one_label" if len(counts) <= 1 else "few_of_a_label"}
        if len(kept) < self.least_in_all:
            return told | {"why": "few"}
        labels = tuple(sorted(common))
        if has_many:
            # What has no tag says something too: that none of them fits.
            of = [{labels.index(each) for each in given[at] if each in common} for at in range(len(given))]
            model, figures = learn_many(self.matrix, of, labels=labels)
        else:
            numbers = {label: number for number, label in enumerate(labels)}
            answers = array(
                "l", (next(numbers[each] for each in given[at] if each in numbers) for at in kept)
            )
            model, figures = learn_one(self.matrix.of_rows(kept), answers, labels=labels)
        return told | {"model": _written(model), **figures}


def _written(model: SortingModel) -> str:
    return b64encode(model.to_bytes()).decode()
