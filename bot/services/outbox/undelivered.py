"""What an operator does about a message that could not be delivered, written into the audit log."""

from datetime import datetime

from bot.domain.deliveries import DeliveryDropped, DeliveryRetried
from bot.ports.unit_of_work import UnitOfWork


def retry_delivery(uow: UnitOfWork, number: int, *, actor: str, now: datetime) -> bool:
    """It is due again. False where nothing of this number failed. `actor` is a key, the desk's for a terminal."""
    if not uow.outbox.retry(number):
        return False
    uow.audit_log.append(None, [DeliveryRetried(actor=actor, at=now, number=number)])
    return True


def drop_delivery(uow: UnitOfWork, number: int, *, actor: str, now: datetime) -> bool:
    """It is never sent. False where nothing of this number failed."""
    if not uow.outbox.drop(number):
        return False
    uow.audit_log.append(None, [DeliveryDropped(actor=actor, at=now, number=number)])
    return True
