"""Who is shown what of a ticket, where: from domain events to outbox rows of the same transaction."""
