"""A changed policy for many open tickets at once: shown first, done one by one, and nothing behind anybody's back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import Refused, TicketNotFound
from bot.domain.sla.timer import Measure
from bot.ports.unit_of_work import UnitOfWork
from bot.services.policy_changes.bulk_apply import (
    ApplyOutcome,
    ApplyScope,
    ProposalPage,
    apply_change,
    check_scope,
    operator,
    propose_changes,
)
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office

OPERATOR = operator("ada")

NO_SUCH_POLICY = r"^refusals\.no_such_policy\(policy=standrad\) refusals\.did_you_mean\(word=standard\)$"


@pytest.fixture
async def office(folder: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """Of three requests one is the Network team's; then normal ones are to be answered within 90 minutes."""
    config = tmp_path / "desk.yaml"
    text = DESK.read_text(encoding="utf-8")
    config.write_text(text, encoding="utf-8")
    async with open_office(folder, config=config) as office:
        for said in ("My mouse is dead", "The VPN drops", "My screen is dark"):
            await office.says("ana", "help-it", said)
        swift = "  swift:\n    first_response: 5m\n\nescalation_policies:"
        changed = text.replace("normal: 30m", "normal: 90m").replace("\nescalation_policies:", swift)
        config.write_text(changed, encoding="utf-8")
        await office.types("lee", "/desk-admin reload")
        yield office


async def seen(office: Office, scope: ApplyScope) -> ProposalPage:
    def reading(uow: UnitOfWork) -> ProposalPage:
        context = office.desk.contexts.context(uow)
        check_scope(context, scope)
        return propose_changes(context, scope)

    return await office.desk.storage.read(reading)


async def done(office: Office, page: ProposalPage, scope: ApplyScope) -> list[ApplyOutcome]:
    outcomes = [
        await office.desk.storage.run(
            lambda uow: apply_change(office.desk.contexts, uow, each, scope=scope, by=OPERATOR)  # noqa: B023
        )
        for each in page.proposed
    ]
    await office.settle()
    return outcomes


def numbers(page: ProposalPage) -> list[str]:
    return [each.ticket.reference for each in page.proposed]


async def test_all_that_would_change_is_found_and_nothing_does(office: Office) -> None:
    page = await seen(office, ApplyScope())
    assert (page.looked_at, numbers(page), page.last) == (3, ["IT-1", "IT-2", "IT-3"], None)
    assert [len(each.moves) for each in page.proposed] == [1, 0, 1]
    assert "09:30" in (await office.card("bo", "team-it", "IT-1"))["content"]["dues"][0]["at"]


async def test_applied_the_cards_and_promises_follow_and_the_history_says_who_did_it(office: Office) -> None:
    page = await seen(office, ApplyScope())
    assert await done(office, page, ApplyScope()) == [ApplyOutcome.APPLIED] * 3
    assert "10:30" in (await office.card("bo", "team-it", "IT-1"))["content"]["dues"][0]["at"]
    history = await office.types("bo", "/desk history IT-1")
    assert said("history.policy", policy="standard", why=said("sla.why_reapplied", name="ada")) in history
    assert (await seen(office, ApplyScope())).proposed == ()


async def test_one_team_some_numbers_or_one_policy_are_enough(office: Office) -> None:
    assert numbers(await seen(office, ApplyScope(team="network"))) == ["IT-2"]
    assert numbers(await seen(office, ApplyScope(numbers=(3, 3)))) == ["IT-3"]
    assert numbers(await seen(office, ApplyScope(policy="swift"))) == []
    assert len(numbers(await seen(office, ApplyScope(policy="standard")))) == 3


async def test_a_ticket_that_changed_meanwhile_is_left_alone(office: Office) -> None:
    page = await seen(office, ApplyScope())
    await office.types("bo", "/desk priority IT-1 urgent")
    assert await done(office, page, ApplyScope()) == [
        ApplyOutcome.CHANGED,
        ApplyOutcome.APPLIED,
        ApplyOutcome.APPLIED,
    ]
    assert "09:10" in (await office.card("bo", "team-it", "IT-1"))["content"]["dues"][0]["at"]


async def test_what_is_resolved_meanwhile_is_left_alone_too(office: Office) -> None:
    page = await seen(office, ApplyScope(numbers=(1,)))
    await office.types("bo", "/desk resolve IT-1 all done")
    assert await done(office, page, ApplyScope()) == [ApplyOutcome.CHANGED]


async def test_tickets_are_put_on_another_policy(office: Office) -> None:
    scope = ApplyScope(numbers=(1,), to="swift")
    await done(office, await seen(office, scope), scope)
    assert [due["label"] for due in (await office.card("bo", "team-it", "IT-1"))["content"]["dues"]] == [
        "First response"
    ]
    assert numbers(await seen(office, ApplyScope(policy="swift"))) == []


async def test_what_is_not_there_is_refused_with_what_was_meant(office: Office) -> None:
    for scope in (ApplyScope(policy="standrad"), ApplyScope(to="standrad")):
        with pytest.raises(Refused, match=NO_SUCH_POLICY):
            await seen(office, scope)
    with pytest.raises(TicketNotFound, match=r"^refusals\.no_ticket_called\(reference=IT-99\)$"):
        await seen(office, ApplyScope(numbers=(99,)))


async def test_a_policy_that_was_removed_still_names_the_tickets_that_run_by_it(
    office: Office, tmp_path: Path
) -> None:
    config = tmp_path / "desk.yaml"
    text = config.read_text(encoding="utf-8").replace("  standard:\n", "  normal:\n")
    config.write_text(text.replace("sla_policy: standard", "sla_policy: normal"), encoding="utf-8")
    await office.types("lee", "/desk-admin reload")
    page = await seen(office, ApplyScope(policy="standard"))
    assert {each.change.choice.policy.name for each in page.proposed} == {"normal"}


async def test_what_is_late_already_is_no_news_and_what_would_be_late_at_once_is_told(
    office: Office, tmp_path: Path
) -> None:
    config = tmp_path / "desk.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("normal: 90m", "normal: 30m"), encoding="utf-8")
    await office.types("lee", "/desk-admin reload")
    office.clock.move(timedelta(minutes=40))
    assert (await seen(office, ApplyScope())).proposed == ()
    config.write_text(text.replace("normal: 90m", "normal: 30m").replace("8h", "35m"), encoding="utf-8")
    await office.types("lee", "/desk-admin reload")
    page = await seen(office, ApplyScope(team="it"))
    (move,) = page.proposed[0].moves
    assert move.before is not None
    assert move.after is not None
    assert (move.measure, move.before.is_broken, move.after.is_broken) == (Measure.RESOLUTION, False, True)
