"""What falls due together is one message, as long as nobody has begun to send it."""

from datetime import timedelta

from bot.domain.directory import ChannelRef
from bot.domain.sla.timer import Measure, Notify
from bot.ports.storage.outbox import OutboxRow
from bot.services.context.context import Context
from bot.services.escalations.alerts import KEPT, Alert, AlertBatch
from tests.fakes.desk.headless_desk import LEASE, LEE, HeadlessDesk

CHANNEL, OTHER = ChannelRef("web", "escalations-it"), ChannelRef("web", "escalations-network")


def alert(ticket: int, *, is_breach: bool = False) -> Alert:
    return Alert(
        ticket=ticket,
        measure=Measure.FIRST_RESPONSE,
        is_breach=is_breach,
        notify=(Notify.ESCALATION_CHANNEL, Notify.LEADS),
    )


async def tell(desk: HeadlessDesk, *alerts: Alert, channel: ChannelRef | None = CHANNEL) -> None:
    def told(context: Context) -> None:
        batch = AlertBatch(context)
        for each in alerts:
            batch.add(channel, each)
        batch.tell()

    await desk.works(LEE, told)


async def messages(desk: HeadlessDesk) -> list[OutboxRow]:
    return list(await desk.storage.run(lambda uow: uow.outbox.claim(limit=100, lease=LEASE)))


def tickets(row: OutboxRow) -> list[int]:
    return [Alert.from_json(each).ticket for each in row.payload["alarms"]]


async def test_two_batches_before_the_message_is_sent_are_one_message_breaches_first(
    headless: HeadlessDesk,
) -> None:
    await tell(headless, alert(1), alert(2, is_breach=True))
    await tell(headless, alert(3), alert(4, is_breach=True))
    (message,) = await messages(headless)
    assert tickets(message) == [2, 4, 1, 3]


async def test_what_comes_once_the_message_is_on_its_way_is_another_message(headless: HeadlessDesk) -> None:
    await tell(headless, alert(1))
    (first,) = await messages(headless)
    await tell(headless, alert(2))
    await headless.storage.run(lambda uow: uow.outbox.settle(first, parts=("shown",)))
    (second,) = await messages(headless)
    assert (tickets(first), tickets(second)) == ([1], [2])


async def test_each_channel_has_a_message_of_its_own_and_no_channel_none(headless: HeadlessDesk) -> None:
    await tell(headless, alert(1))
    await tell(headless, alert(2), channel=OTHER)
    await tell(headless, alert(3), channel=None)
    found = {str(row.conversation.channel): tickets(row) for row in await messages(headless)}
    assert found == {str(CHANNEL): [1], str(OTHER): [2]}


async def test_of_very_many_a_message_remembers_the_breaches_first(headless: HeadlessDesk) -> None:
    await tell(headless, *(alert(number) for number in range(KEPT)))
    await tell(headless, alert(KEPT + 1, is_breach=True), alert(KEPT + 2))
    (message,) = await messages(headless)
    assert tickets(message)[0] == KEPT + 1
    assert len(tickets(message)) == KEPT


def test_an_alert_is_the_same_after_it_was_stored() -> None:
    told = Alert(
        ticket=7,
        timer=70,
        measure=Measure.RESOLUTION,
        is_breach=True,
        notify=(Notify.LEADS,),
        late_by_s=int(timedelta(hours=2).total_seconds()),
        escalation=5,
        step=2,
        is_awake=True,
        mentioned=("web:lee",),
        notified=("web:lee", "web:max"),
        is_unheard=True,
    )
    assert Alert.from_json(told.to_json()) == told


def test_a_row_written_before_there_were_steps_is_read_as_the_stage_itself() -> None:
    old = {"ticket": 7, "measure": "resolution", "is_breach": False, "notify": ["leads"], "late_by_s": 0}
    read = Alert.from_json(old)
    assert (read.timer, read.escalation, read.step, read.is_awake) == (None, None, 0, False)
    assert (read.mentioned, read.notified, read.is_unheard) == (None, (), False)
