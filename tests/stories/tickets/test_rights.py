"""Who may do what: refusals are private, say why and who can; private tickets are nobody else's to know of."""

from pathlib import Path

import pytest

from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import Office, open_office, shown


@pytest.mark.parametrize(
    "verb", ["queue", "mine", "claim IT-1", "note IT-1 hm", "history IT-99", "on-behalf-of dan x"]
)
async def test_employees_cannot_work_tickets_not_even_their_own(office: Office, verb: str) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    for group in ("/desk", "/ticket"):
        answer = await office.types("ana", f"{group} {verb}")
        assert answer == (
            said("commands.agents_only", command=f"/desk {verb.partition(' ')[0]}", ask="/ticket open")
        )
    assert (await office.reads("bo", "team-it")) == ["IT-1 My mouse is dead · new · nobody"]


async def test_an_agent_of_another_team_is_told_whose_it_is(office: Office) -> None:
    await office.says("ana", "help-it", "vpn is slow")
    assert await office.types("bo", "/desk claim IT-1") == (
        said(
            "commands.team_only",
            team="Network",
            command="/desk claim",
            reference="IT-1",
            people="Cleo Chen or Lee Lund",
        )
    )
    assert await office.types("bo", "/desk queue network") == said("answers.queue_not_yours", team="Network")
    assert "vpn is slow" in await office.types("bo", "/ticket show IT-1")


@pytest.mark.parametrize(
    "order", ["/ticket show", "/ticket reply", "/ticket close", "/desk claim", "/desk note"]
)
async def test_a_private_ticket_and_none_at_all_look_the_same_to_others(office: Office, order: str) -> None:
    await office.says("ana", "@ana", "my payslip is wrong")
    for who in ("dan", "cleo"):
        private = await office.types(who, f"{order} IT-1 words")
        none = await office.types(who, f"{order} IT-9 words")
        assert private == none.replace("IT-9", "IT-1")
        assert "Bo Berg" not in private
        assert "People" not in private


async def test_a_private_ticket_is_not_in_other_teams_lists_or_channels(office: Office) -> None:
    await office.says("ana", "@ana", "my payslip is wrong")
    await office.passes(hours=12)
    assert "payslip" not in await office.everything_seen_by("cleo")
    assert "payslip" not in await office.types("cleo", "/desk queue")
    pings = str(await office.reads("bo", "escalations-people"))
    assert "IT-1" in pings
    assert "payslip" not in pings


async def test_a_colleague_may_not_close_or_read_on_somebody_elses_request(office: Office) -> None:
    root = await office.says("ana", "help-it", "My mouse is dead")
    refused = said(
        "commands.others_request", reference="IT-1", team="Service Desk", command="/ticket add IT-1"
    )
    assert await office.types("dan", "/ticket show IT-1") == refused
    assert await office.types("dan", "/ticket close IT-1") == refused
    (acknowledgement,) = await office.sees_thread("dan", "help-it", root)
    reply = await office.presses("dan", acknowledgement, "Withdraw")
    assert shown(reply) == refused


async def test_a_colleague_sees_anothers_request_once_added_as_the_refusal_says(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    assert "/ticket add IT-1" in await office.types("dan", "/ticket show IT-1")
    await office.types("ana", "/ticket add IT-1 @dan")
    assert "My mouse is dead" in await office.types("dan", "/ticket show IT-1")


@pytest.mark.parametrize("verb", ["outbox", "reload", "audit", "status"])
async def test_only_admins_run_the_desk(office: Office, verb: str) -> None:
    for who in ("ana", "bo"):
        answer = await office.types(who, f"/desk-admin {verb}")
        assert answer == said("commands.admins_only", command=f"/desk-admin {verb}", people="Lee Lund")
    assert "Only" not in await office.types("lee", f"/desk-admin {verb}")


async def test_somebody_outside_the_team_cannot_be_given_its_ticket(office: Office) -> None:
    await office.says("ana", "help-it", "vpn is slow")
    assert await office.types("cleo", "/desk assign IT-1 @bo") == said(
        "refusals.not_of_team", name="Bo Berg", team="Network", reference="IT-1"
    )
    assert await office.types("cleo", "/desk assign IT-1 nobody") == (
        said("commands.unknown_person", text="nobody")
    )


@pytest.mark.parametrize(
    ("who", "typed", "answer"),
    [
        (
            "bo",
            "/desk clam IT-1",
            f"{said('refusals.did_you_mean', word='/desk claim [TICKET]')} {said('commands.desk_claim_summary')}",
        ),
        ("bo", "/desk res", said("refusals.did_you_mean", word="/desk resolve [TICKET] [RESOLUTION…]")),
        (
            "bo",
            "/ticket trasnfer IT-1",
            said("refusals.did_you_mean", word="/ticket transfer [TICKET] TEAM [REASON…]"),
        ),
        ("ana", "/ticket lst", said("refusals.did_you_mean", word="/ticket list [WHICH] [ORDER] [PAGE]")),
        (
            "ana",
            "/ticket xyzzy",
            " ".join(
                (
                    said("commands.unknown_command", command="xyzzy"),
                    said("commands.all_commands", command="/ticket help"),
                )
            ),
        ),
        (
            "lee",
            "/desk-admin outbx",
            said("refusals.did_you_mean", word="/desk-admin outbox [ACTION] [NUMBER]"),
        ),
        ("ana", "/tickt open", "Unknown command /tickt."),
        (
            "bo",
            "/desk priority IT-1 hgih",
            said("answers.not_a_priority", text="hgih", choices="low, normal, high or urgent"),
        ),
        (
            "bo",
            "/desk transfer IT-1 netwrok",
            f"{said('commands.unknown_team', text='netwrok')} {said('refusals.did_you_mean', word='network')}",
        ),
        ("bo", "/desk assign IT-1", f"form: {said('commands.desk_assign_form')} · IT-1"),
    ],
)
async def test_a_slip_of_the_hand_is_met_with_help(office: Office, who: str, typed: str, answer: str) -> None:
    await office.says("dan", "help-it", "My mouse is dead")
    assert answer in await office.types(who, typed)


async def test_agents_verbs_are_not_suggested_to_employees(office: Office) -> None:
    assert "claim" not in await office.types("ana", "/ticket clam")
    assert "/desk" not in await office.types("ana", "/ticket help")
    assert "/desk claim" in await office.types("bo", "/ticket help")


async def test_a_broken_new_configuration_is_refused_and_the_old_one_stays(folder: Path) -> None:
    config = folder / "desk.yaml"
    config.write_text(DESK.read_text())
    async with open_office(folder, config=config) as office:
        config.write_text(DESK.read_text().replace("team: network", "team: netwrok"))
        refused = await office.types("lee", "/desk-admin reload")
        assert "netwrok" in refused
        assert "did you mean network" in refused.lower()
        status = await office.types("lee", "/desk-admin status")
        assert status.endswith(refused.removeprefix(said("commands.not_reloaded")).strip()), (
            "until it is fixed"
        )
        await office.says("ana", "help-it", "vpn is slow")
        assert await office.reads("cleo", "team-network") == ["IT-1 vpn is slow · new · nobody"]
        config.write_text(DESK.read_text().replace("words: [vpn, wifi]", "words: [switch]"))
        told = await office.types("lee", "/desk-admin reload")
        assert told == said("commands.reloaded", file=str(office.desk.in_force.path))
        assert "netwrok" not in await office.types("lee", "/desk-admin status")
        await office.says("ana", "help-it", "vpn is slow again")
        assert await office.reads("cleo", "team-it") == ["IT-2 vpn is slow again · new · nobody"]


async def test_the_admins_see_how_the_desk_is_and_what_happened(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    status = await office.types("lee", "/desk-admin status")
    assert "Service Desk: 1 new" in status
    assert f"Network: {said('commands.status_no_tickets')}" in status
    opened = said("history.opened", name="Ana Alves", team="Service Desk", why=said("team.why_no_rule"))
    assert opened in await office.types("lee", "/desk-admin audit")
    assert (await office.types("lee", "/desk-admin audit it-1")).startswith(
        said("commands.history", reference="IT-1") + "\n"
    )
    assert await office.types("lee", "/desk-admin audit IT-9") == said(
        "refusals.no_ticket_called", reference="IT-9"
    )


async def test_an_unknown_group_lists_only_the_groups_one_may_use(office: Office) -> None:
    offered = {
        "ana": "Available: /ticket and /kb.",
        "bo": "Available: /ticket, /desk and /kb.",
        "lee": "Available: /ticket, /desk, /kb and /desk-admin.",
    }
    for who, groups in offered.items():
        assert groups in await office.types(who, "/foo")


async def test_the_desks_audit_log_names_the_ticket_of_each_line_with_a_link(office: Office) -> None:
    await office.says("ana", "help-it", "My mouse is dead")
    await office.says("ana", "help-it", "My vpn drops")
    reply = (await office.types_for_reply("lee", "/desk-admin audit"))["reply"]
    lines = shown(reply).splitlines()[1:]
    assert {each.split(" · ")[1] for each in lines} == {"IT-1", "IT-2"}
    links = [each for each in reply["text"] if isinstance(each, dict) and each.get("label") == "IT-2"]
    assert links
    assert all("channel" in each or "url" in each for each in links)
