"""`link` and `unlink`: one person's accounts show all their requests in each, and nobody else gets at them."""

import pytest

from bot.domain.directory import Person
from bot.domain.people.link_code import MOST_TRIES, read_code
from bot.ports.storage.outbox import OutboxRow
from bot.ports.unit_of_work import UnitOfWork
from tests.commands.desk_at_work import DAN, LEE, DeskAtWork
from tests.fakes.desk.desk_without_platform import ANA, BO
from tests.fakes.desk.headless_desk import LEASE
from tests.said import said

ANA_TOO = Person(key="discord:1", name="Ana Alves")
EVE = Person(key="discord:666", name="Eve Ek")
NO_CODE = said("people.no_such_code", command="/ticket link")
AT_PAGE, IN_DISCORD = "Ana Alves (Web)", "Ana Alves (Discord)"
SECRET = "she spilled coffee"
MOUSE = "My mouse is dead"


async def told_directly(desk: DeskAtWork, who: Person) -> list[tuple[str, str]]:
    """What this person is told in direct messages since this was asked last, and what it tells them to type."""

    def delivered(uow: UnitOfWork) -> list[OutboxRow]:
        rows = list(uow.outbox.claim(limit=100, lease=LEASE))
        for each in rows:
            uow.outbox.settle(each, parts=(f"shown-{each.id}",))
        return rows

    rows: list[OutboxRow] = []
    while more := await desk.desk.storage.run(delivered):
        rows += more
    mine = [each.payload for each in rows if each.conversation.channel.reader == who.key]
    return [(each["sentence"], each["words"]["command"]) for each in mine if "command" in each["words"]]


async def code_of(desk: DeskAtWork, who: Person) -> str:
    answer = await desk.types(who, "/ticket link")
    assert answer == said("people.code_sent", command="/ticket link CODE", number=10)
    *_, (sentence, command) = await told_directly(desk, who)
    assert sentence == "requester.link_code"
    code = command.removeprefix("/ticket link ")
    assert code not in answer
    return code


@pytest.fixture
async def linked(at_work: DeskAtWork) -> DeskAtWork:
    """Ana asked IT-1 at the page, and her account in Discord is linked to hers there."""
    await at_work.asks(MOUSE)
    code = await code_of(at_work, ANA)
    await at_work.types(ANA_TOO, f"/ticket link {code}")
    done = await at_work.presses(ANA_TOO, said("people.button_link"))
    assert done == said("people.linked", account=AT_PAGE, command="/ticket unlink")
    return at_work


async def test_a_code_links_nothing_before_its_account_was_shown_and_confirmed(at_work: DeskAtWork) -> None:
    await at_work.asks(MOUSE)
    code = await code_of(at_work, ANA)
    asked = await at_work.types(ANA_TOO, f"/ticket link {code.lower()}")
    assert asked == said("people.confirm_link", account=AT_PAGE)
    assert "IT-1" not in await at_work.types(ANA_TOO, "/ticket list")
    await at_work.types(ANA_TOO, f"/ticket link {code}")
    await at_work.presses(ANA_TOO, said("people.button_link"))
    assert "IT-1" in await at_work.types(ANA_TOO, "/ticket list")
    assert await told_directly(at_work, ANA) == [("requester.account_linked", "/ticket unlink")]


async def test_a_linked_account_is_the_requester_in_lists_searches_and_deeds(linked: DeskAtWork) -> None:
    assert "IT-1" in await linked.types(ANA_TOO, "/ticket list")
    assert "IT-1" in await linked.types(ANA_TOO, "/ticket search mouse")
    assert MOUSE in await linked.types(ANA_TOO, "/ticket show IT-1")
    assert "IT-1" in await linked.types(BO, "/desk search from:discord:1")
    assert "IT-1" in await linked.types(BO, "/desk search from:@ana")
    await linked.types(BO, "/desk wait IT-1 Which one?")
    await linked.types(ANA_TOO, "/ticket reply IT-1 the left one")
    assert (await linked.ticket()).status == "open"
    closed = await linked.types(ANA_TOO, "/ticket close IT-1")
    assert said("answers.closed_own", reference="IT-1") in closed
    assert said("answers.reopened", reference="IT-1") in await linked.types(ANA_TOO, "/ticket reopen IT-1")
    assert (await linked.ticket()).owes_answer


async def test_it_works_from_both_sides(linked: DeskAtWork) -> None:
    await linked.asks("My keyboard is dead", who=ANA_TOO)
    for who in (ANA, ANA_TOO):
        listed = await linked.types(who, "/ticket list")
        assert "IT-1" in listed
        assert "IT-2" in listed


async def test_an_agent_who_asked_with_another_account_reads_no_notes_on_it(at_work: DeskAtWork) -> None:
    await at_work.asks(MOUSE, who=ANA_TOO)
    await at_work.types(LEE, f"/desk note IT-1 {SECRET}")
    assert SECRET in await at_work.types(BO, "/ticket show IT-1")
    await at_work.types(LEE, "/desk-admin link @bo discord:1")
    assert SECRET not in await at_work.types(BO, "/ticket show IT-1")
    assert MOUSE in await at_work.types(BO, "/ticket show IT-1")
    assert LEE.name in await at_work.types(BO, "/desk claim IT-1")
    assert (await at_work.ticket()).assignee is None


async def test_a_link_gives_no_rights_of_the_other_account(at_work: DeskAtWork) -> None:
    await at_work.asks(MOUSE)
    await at_work.types(BO, f"/desk note IT-1 {SECRET}")
    bo_too = Person(key="discord:2", name="Bo Berg")
    await at_work.types(bo_too, "/ticket list")
    await at_work.types(LEE, "/desk-admin link @bo discord:2")
    refused = said("commands.agents_only", command="/desk queue", ask="/ticket open")
    assert await at_work.types(bo_too, "/desk queue") == refused
    assert SECRET not in await at_work.types(bo_too, "/ticket show IT-1")


async def test_a_code_is_good_once_and_only_elsewhere(linked: DeskAtWork) -> None:
    code = await code_of(linked, ANA)
    assert await linked.types(ANA, f"/ticket link {code}") == said("people.type_it_elsewhere")
    newer = await code_of(linked, ANA)
    assert await linked.types(EVE, f"/ticket link {code}") == NO_CODE
    await linked.types(DAN, f"/ticket link {newer}")
    await linked.presses(DAN, said("people.button_link"))
    assert await linked.types(EVE, f"/ticket link {newer}") == NO_CODE


async def test_a_word_that_is_no_code_is_answered_with_where_accounts_can_be_linked(
    at_work: DeskAtWork,
) -> None:
    """Nobody guesses by it, so it costs no try."""
    told = said("people.not_a_code", text="discord", platforms="Web", command="/ticket link")
    for _ in range(MOST_TRIES + 1):
        assert await at_work.types(ANA, "/ticket link discord") == told


async def test_who_guesses_is_stopped_even_with_the_right_code(at_work: DeskAtWork) -> None:
    code = await code_of(at_work, ANA)
    for number in range(MOST_TRIES):
        assert await at_work.types(EVE, f"/ticket link AAAA-AAA{number}") == NO_CODE
    stopped = said("people.too_many_tries", number=MOST_TRIES)
    assert await at_work.types(EVE, f"/ticket link {code}") == stopped
    asked = await at_work.types(ANA_TOO, f"/ticket link {read_code(code)}")
    assert asked == said("people.confirm_link", account=AT_PAGE)


async def test_unlinking_takes_it_all_back(linked: DeskAtWork) -> None:
    assert await linked.types(ANA_TOO, "/ticket unlink") == said("people.unlinked_own")
    assert "IT-1" not in await linked.types(ANA_TOO, "/ticket list")
    assert "IT-1" in await linked.types(ANA, "/ticket list")
    assert (await told_directly(linked, ANA))[-1] == ("requester.account_unlinked", "/ticket link")
    again = await linked.types(ANA_TOO, "/ticket unlink")
    assert again == said("people.not_linked", name="Ana Alves")


async def test_an_administrator_links_and_unlinks_and_it_is_written_down(at_work: DeskAtWork) -> None:
    await at_work.asks(MOUSE)
    await at_work.types(ANA_TOO, "/ticket list")
    told = await at_work.types(LEE, "/desk-admin link web:ana discord:1")
    undo = "/desk-admin unlink discord:1"
    assert told == said("people.linked_others", account=AT_PAGE, other=IN_DISCORD, command=undo)
    assert "IT-1" in await at_work.types(ANA_TOO, "/ticket list")
    told = await at_work.types(LEE, undo)
    redo = "/desk-admin link discord:1 web:ana"
    assert told == said("people.unlinked", account=IN_DISCORD, command=redo)
    assert (await told_directly(at_work, ANA))[-1] == ("requester.account_unlinked", "/ticket link")
    assert "IT-1" not in await at_work.types(ANA_TOO, "/ticket list")
    log = await at_work.types(LEE, "/desk-admin audit")
    names = {"account": "Ana Alves (web:ana)", "other": "Ana Alves (discord:1)"}
    assert said("history.linked_by_admin", name=LEE.name, **names) in log
    parted = said(
        "history.unlinked", name=LEE.name, account="Ana Alves (discord:1)", others="Ana Alves (web:ana)"
    )
    assert parted in log


async def test_linking_others_is_for_administrators(at_work: DeskAtWork) -> None:
    refused = said("commands.admins_only", command="/desk-admin link", people=LEE.name)
    assert await at_work.types(BO, "/desk-admin link @ana @dan") == refused
    same = said("people.same_account", name="Ana Alves")
    assert await at_work.types(LEE, "/desk-admin link @ana web:ana") == same
