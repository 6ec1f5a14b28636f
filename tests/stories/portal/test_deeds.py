"""What somebody does to their requests at a browser is what their commands in chat do."""

from pathlib import Path

from bot.ports.unit_of_work import UnitOfWork
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office
from tests.stories.portal.portal_visit import open_portal, portal_visit, words_of
from tests.stories.ratings.rating_desk import ANSWERED_AT, resolved, team_reads


async def test_who_asks_for_news_here_is_told_how_it_stands_as_in_chat(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        await office.says("ana", "help-it", "The printer jams")
        await office.types("bo", "/desk claim IT-1")
        await office.types("bo", "/desk reply IT-1 A part is ordered")
        page = await ana.opens("/requests/IT-1")
        promised = said("requester.resolution_promised", at="Monday 2 March, 17:00")
        assert promised not in words_of(page.text)
        asked = await ana.sends(page, "/requests/IT-1/reply", text="Any news?")
        told = words_of((await ana.opens(asked.location)).text)
        assert said("portal.done_asked") in told
        assert promised in told
        assert any("Any news?" in each for each in await team_reads(office))

        again = await ana.sends(
            await ana.opens("/requests/IT-1"), "/requests/IT-1/reply", text="It jams again"
        )
        assert said("portal.done_sent") in await ana.reads(again.location)
        await office.types("bo", "/desk reply IT-1 Tomorrow")
        assert said("requester.received", reference="IT-1", team="Service Desk") in await office.types(
            "ana", "/ticket reply IT-1 any news?"
        )
        twice = await office.types("ana", "/ticket reply IT-1 any news?")
        assert said("answers.reply_sent", reference="IT-1") in twice
        assert said("requester.received", reference="IT-1", team="Service Desk") in twice


async def audit_of(office: Office, number: int) -> list[tuple[str, str]]:
    def read(uow: UnitOfWork) -> list[tuple[str, str]]:
        ticket = uow.tickets.find("IT", number)
        assert ticket is not None
        return [(each.event, each.actor) for each in uow.audit_log.of_ticket(ticket.id)]

    return await office.desk.storage.read(read)


async def test_what_is_sent_here_is_seen_in_chat_and_leaves_what_the_commands_leave(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        by_portal = await office.says("ana", "help-it", "The printer jams")
        by_chat = await office.says("ana", "help-it", "The scanner jams as well")
        for number in (1, 2):
            await office.types("bo", f"/desk claim IT-{number}")
            await office.types("bo", f"/desk reply IT-{number} Which one?")

        page = await ana.opens("/requests/IT-1")
        assert said("portal.read_in_channel") in words_of(page.text)
        sent = await ana.sends(page, "/requests/IT-1/reply", text="The one upstairs\r\nby the stairs")
        assert (sent.status, sent.location) == (303, "/requests/IT-1?done=sent")
        again = await ana.sends(page, "/requests/IT-1/reply", text="The one upstairs\r\nby the stairs")
        assert again.location == sent.location
        assert said("portal.done_sent") in await ana.reads(sent.location)
        await office.types("ana", "/ticket reply IT-2 The one upstairs")

        closed = await ana.sends(await ana.opens("/requests/IT-1"), "/requests/IT-1/close")
        assert closed.location == "/requests/IT-1"
        await office.types("ana", "/ticket close IT-2")
        assert said("portal.state_closed") in await ana.reads("/requests/IT-1")
        await ana.sends(await ana.opens("/requests/IT-1"), "/requests/IT-1/reopen")
        await office.types("ana", "/ticket reopen IT-2")

        assert await audit_of(office, 1) == await audit_of(office, 2)
        for root in (by_portal, by_chat):
            thread = await office.reads("ana", "help-it", thread=root)
            assert sum("The one upstairs" in each for each in thread) == 1
        assert sum("by the stairs" in each for each in await team_reads(office)) == 1


async def test_what_others_read_is_made_private_here_once(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        await office.says("ana", "help-it", "Somebody reads my mails")
        assert "Somebody reads my mails" in await office.everything_seen_by("dan")
        page = await ana.opens("/requests/IT-1")
        assert said("requester.button_make_private") in words_of(page.text)
        sent = await ana.sends(page, "/requests/IT-1/private")
        assert sent.status == 303
        assert ("TicketMadePrivate", "web:ana") in await audit_of(office, 1)
        read = await ana.reads("/requests/IT-1")
        assert said("requester.button_make_private") not in read
        assert said("portal.read_in_channel") not in read


async def test_files_come_along_and_what_was_typed_is_kept_where_one_is_too_large(folder: Path) -> None:
    limits = {"DESKBELL_FILE_LIMIT_MB": "3"}
    async with open_portal(folder, secrets=limits) as office, portal_visit(office, "ana") as ana:
        await office.says("ana", "help-it", "The printer jams")
        page, reply = await ana.opens("/requests/IT-1"), "/requests/IT-1/reply"
        fits, too_large = b"x" * (3 * 2**20), b"x" * (3 * 2**20 + 1)
        status, text = await ana.sends_file(
            page, reply, name="jam.txt", content=too_large, text="A <new> one"
        )
        assert status == 422
        assert said("portal.file_too_large", file="jam.txt", limit="3 MiB") in words_of(text)
        assert "A &lt;new&gt; one</textarea>" in text
        assert "A <new> one" not in await ana.reads("/requests/IT-1")
        status, _ = await ana.sends_file(page, reply, name="../jam.txt", content=fits, text="Here it is")
        assert status == 303
        read = await ana.reads("/requests/IT-1")
        assert "Here it is" in read
        assert "jam.txt 3 MiB" in read


async def test_a_word_that_comes_too_late_is_refused_as_in_chat_and_is_still_there(folder: Path) -> None:
    async with open_portal(folder) as office, portal_visit(office, "ana") as ana:
        await office.says("ana", "help-it", "The printer jams")
        page = await ana.opens("/requests/IT-1")
        await ana.sends(page, "/requests/IT-1/reply", text="One")
        assert "Two" not in await ana.reads("/requests/IT-1")
        await ana.sends(page, "/requests/IT-1/reply", text="Two")  # from the same page, changed
        assert "Two" in await ana.reads("/requests/IT-1")
        await ana.sends(page, "/requests/IT-1/close")
        late = await ana.sends(page, "/requests/IT-1/reply", text="One more")
        assert late.status == 422
        assert said("answers.closed_reopen", reference="IT-1") in words_of(late.text)
        assert (await ana.sends(page, "/requests/IT-1/reply", text=" ")).status == 422


async def test_a_rating_is_given_here_where_it_was_asked(folder: Path) -> None:
    config = folder.parent / "rating-desk.yaml"
    config.write_text(f"{DESK.read_text(encoding='utf-8')}\nsatisfaction: {{}}\n", encoding="utf-8")
    async with open_portal(folder, config=config) as office, portal_visit(office, "ana") as ana:
        await resolved(office)
        assert 'action="/requests/IT-1/rate"' not in (await ana.opens("/requests/IT-1")).text
        await office.passes(hours=ANSWERED_AT)
        page = await ana.opens("/requests/IT-1")
        rated = await ana.sends(page, "/requests/IT-1/rate", score="5", comment="Quick")
        assert said("portal.done_rated") in await ana.reads(rated.location)
        assert "👍" in await office.types("bo", "/desk show IT-1", channel="team-it")
        assert "Quick</textarea>" in (await ana.opens("/requests/IT-1")).text
        assert (await ana.sends(page, "/requests/IT-1/rate", score="9")).status == 422
