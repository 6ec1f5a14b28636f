"""What the doctor finds of learned sorting: that it cannot learn, or of what nothing could be learned, and why."""

from collections.abc import Iterator

from bot.domain.desk import Desk
from bot.domain.findings import Finding
from bot.domain.sentence import sentence
from bot.ports.unit_of_work import UnitOfWork
from bot.services.sorting.findings import no_model, unlearnable


def findings_of_sorting(uow: UnitOfWork, desk: Desk) -> Iterator[Finding]:
    if not desk.sorting.is_on:
        return
    yield from map(Finding.warning, unlearnable(desk))
    learned = [each for each in uow.sorting.models() if each.field in desk.sorting.fields]
    if not learned:
        yield Finding.hint(sentence("operations.sorting_unlearned", at=f"{desk.sorting.train_at:%H:%M}"))
    yield from (Finding.hint(no_model(each)) for each in learned if each.why)
