"""How well suggestions did: how many were right, from each sureness up, and whether they were as sure as right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

THRESHOLDS: Final = tuple(number / 100 for number in range(50, 100, 5))
TENTHS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One suggestion, and whether it was right."""

    sureness: float
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Suggestions that are at least so sure, of `requests` in all."""

    least: float
    requests: int
    suggested: int
    right: int

    @property
    def coverage(self) -> float:
        return self.suggested / self.requests if self.requests else 0.0

    @property
    def accuracy(self) -> float | None:
        return self.right / self.suggested if self.suggested else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenth:
    """Suggestions about as sure as one another: from `least` up to a tenth more. `sureness` is their mean."""

    least: float
    suggested: int
    right: int
    sureness: float

    @property
    def accuracy(self) -> float:
        return self.right / self.suggested

    @property
    def difference(self) -> float:
        """How much oftener they are right than they say, from -1 to 1."""
        return self.accuracy - self.sureness


@dataclass(frozen=True, slots=True)
class Score:
    """`requests` are all, those without a suggestion too; there nothing was right."""

    outcomes: Sequence[Outcome]
    requests: int

    @property
    def right(self) -> int:
        return sum(each.is_right for each in self.outcomes)

    @property
    def accuracy(self) -> float:
        return self.right / self.requests if self.requests else 0.0

    def from_sureness(self, least: float) -> Threshold:
        chosen = [each for each in self.outcomes if each.sureness >= least]
        return Threshold(
            least=least,
            requests=self.requests,
            suggested=len(chosen),
            right=sum(each.is_right for each in chosen),
        )

    def thresholds(self) -> Iterator[Threshold]:
        return map(self.from_sureness, THRESHOLDS)

    def tenths(self) -> Iterator[Tenth]:
        """The lowest first; those without any suggestion are left out."""
        for tenth in range(TENTHS):
            chosen = [each for each in self.outcomes if min(TENTHS - 1, int(each.sureness * TENTHS)) == tenth]
            if chosen:
                yield Tenth(
                    least=tenth / TENTHS,
                    suggested=len(chosen),
                    right=sum(each.is_right for each in chosen),
                    sureness=sum(each.sureness for each in chosen) / len(chosen),
                )
