"""However many tickets are open, what was said while the desk was away is with the team within seconds."""

from datetime import timedelta
from pathlib import Path

from tests.adapters.slack.office import open_office, running_desk

OPEN = 60
HOUR = timedelta(hours=1)


async def test_a_missed_reply_is_shown_before_the_threads_of_sixty_open_tickets_are_read(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with open_office(tmp_path, sqlite_template) as office:
        slack, ana, bo = office.slack, office.ana, office.bo
        requests = [await ana.says("help-it", f"Printer {number} is broken") for number in range(OPEN)]
        await office.settle()
        slack.deliveries.is_on = False
        slack.pace.move(HOUR)
        office.clock.move(HOUR)
        await office.desk.backfills[0].tick()
        await office.desk.stop()
        before = len(slack.calls)
        await ana.says("help-it", "It still is", thread=requests[0])
        slack.deliveries.is_on = True
        async with running_desk(slack, tmp_path) as (office.desk, office.clock):
            (card,) = [each for each in bo.reads("team-it") if "Printer 0 is broken" in each.words]
            await slack.until(
                lambda: any("It still is" in line for line in office.thread(bo, card)), "the reply is there"
            )
            calls = slack.calls[before:]
            reading = [each for each in calls if each.method.startswith("conversations.")]
            assert len(reading) <= 10, [each.method for each in reading]
            await office.settle()
            assert len(slack.calls_to("conversations.replies")) >= 2 * OPEN, "changes are looked for later"
