"""Why nothing was learned of a field, in words for whoever runs the desk."""

from bot.domain.desk import Desk
from bot.domain.sentence import Sentence, sentence
from bot.domain.sorting.policy import LEAST_IN_ALL, LEAST_OF_LABEL
from bot.domain.sorting.suggestion import LearnedModel
from bot.services.sorting.learner_process import can_learn


def no_model(learned: LearnedModel) -> Sentence:
    """Of a field of which there is no model."""
    field = sentence(f"operations.sorting_{learned.field}")
    match learned.why:
        case "few":
            return sentence(
                "operations.sorting_few", field=field, tickets=learned.requests, least=LEAST_IN_ALL
            )
        case "no_better":
            return sentence("operations.sorting_no_better", field=field)
        case _:
            return sentence("operations.sorting_few_of_a_label", field=field, least=LEAST_OF_LABEL)


def unlearnable(desk: Desk) -> list[Sentence]:
    """What keeps a desk that wants to learn from it: the extra is not installed."""
    return [sentence("operations.learner_missing")] if desk.sorting.is_on and not can_learn() else []
