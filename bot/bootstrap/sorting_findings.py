"""What the doctor finds of learned sorting: that it cannot learn, or of what nothing could be learned, and why."""

from collections.abc import Iterator

from bot.domain.desk import Desk
from bot.domain.findings import Finding
from bot.domain.sentence import sentence
from bot.ports.unit_of_work import UnitOfWork
from bot.services.sorting.findings import no_model
from bot.services.sorting.learner_process import can_learn


def findings_of_sorting(uow: UnitOfWork, desk: Desk) -> Iterator[Finding]:
    if not desk.sorting.is_on:
        return
    if not can_learn():
        yield Finding.warning(sentence("operations.learner_missing"))
    learned = [each for each in uow.sorting.models() if each.field in desk.sorting.fields]
    if not learned:
        yield Finding.hint(sentence("operations.sorting_unlearned", at=f"{desk.sorting.train_at:%H:%M}"))
    yield from (Finding.hint(no_model(each)) for each in learned if each.why)
