"""Models that a test can read: which word says which label."""

from collections.abc import Mapping
from datetime import datetime
from zlib import crc32

from bot.bootstrap.process import DeskProcess
from bot.domain.sorting.model import SortingModel
from bot.domain.sorting.policy import MANY, SortedField
from bot.domain.sorting.suggestion import LearnedModel
from bot.ports.unit_of_work import UnitOfWork


def model_of(says: Mapping[str, str], *, weight: float = 4.0, has_many: bool = False) -> SortingModel:
    """Each word says its label, and where there is one at most, no other; without any, nothing is suggested."""
    against = 0.0 if has_many else -weight
    labels = tuple(sorted({*says.values(), "(another)"}))
    at = {crc32(word.encode()): label for word, label in says.items()}
    terms = sorted(at)
    return SortingModel(
        labels=labels,
        terms=terms,
        rarities=[1.0] * len(terms),
        weights=[weight if label == at[term] else against for term in terms for label in labels],
        biases=[0.0] * len(labels),
        sharpness=[1.0] * len(labels),
        shifts=[0.0] * len(labels),
        unknown_rarity=0.1,
        has_many=has_many,
    )


async def knows(desk: DeskProcess, at: datetime, **says: Mapping[str, str]) -> None:
    """By field, what the desk has learned in the night before: `team={"vpn": "network"}`."""

    def learn(uow: UnitOfWork) -> None:
        uow.watches.tell("sorting:learned", was="", told="2099-01-01")
        for name, words in says.items():
            field = SortedField(name)
            model = model_of(words, has_many=field in MANY).to_bytes()
            uow.sorting.put_model(
                LearnedModel(field=field, learned_at=at, requests=500, right=0.9, model=model)
            )

    await desk.storage.run(learn)
    await desk.workers["learner"].tick()
