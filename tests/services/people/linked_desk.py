"""A desk on two platforms, of which Slack vouches for addresses, and what its people's accounts are."""

from bot.domain.directory import Person
from bot.ports.platform import Capabilities
from bot.ports.storage.audit_log import AuditEntry
from bot.services.context.context import ContextFactory
from bot.services.people.identities import meet_person
from tests.fakes.desk.headless_desk import HeadlessDesk

SLACK_ANA = Person(key="slack:U1", name="Ana Alves", email="Ana@example.org")
OLD_ANA = Person(key="import:ana@example.org", name="A. Alves", email="ana@example.org")
WEB_ANA = Person(key="web:ana", name="Ana Alves", email="ana@example.org")
DISCORD_ANA = Person(key="discord:1", name="Ana Alves")


def on_platforms(desk: HeadlessDesk) -> HeadlessDesk:
    desk.contexts = ContextFactory(
        desk=lambda: desk.desk,
        clock=desk.clock,
        capabilities={
            "web": Capabilities(),
            "discord": Capabilities(),
            "slack": Capabilities(vouches_for_addresses=True),
        },
    )
    return desk


async def meets(desk: HeadlessDesk, *people: Person) -> None:
    for each in people:
        await desk.works(each, lambda context: meet_person(context, context.actor))


async def accounts(desk: HeadlessDesk, person: Person) -> set[str]:
    return set(await desk.storage.read(lambda uow: uow.identities.accounts_of(person.key)))


async def happened(desk: HeadlessDesk) -> list[AuditEntry]:
    """What was written down of people, oldest first."""
    entries = await desk.storage.read(lambda uow: uow.audit_log.recent(limit=50))
    return [each for each in reversed(entries) if each.ticket_id is None]
