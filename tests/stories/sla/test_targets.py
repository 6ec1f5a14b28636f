"""Promises of every kind, as people meet them: answers to each word, news, warnings in time, calls at night."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.errors import Refused
from bot.domain.sla.timer import Measure
from bot.ports.unit_of_work import UnitOfWork
from bot.services.policy_changes.reapply import TargetChange, propose, reapply
from tests.said import said
from tests.stories.desk_files import DESK
from tests.stories.office import MONDAY_9, Office, open_office, words

FRIDAY_16 = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
"""Four in the afternoon in Berlin; the People team goes home at five, until Monday at nine."""
PROMISED = "    first_response: {urgent: 10m, high: 15m, normal: 30m, low: 2h}\n"
STAGES = DESK.read_text(encoding="utf-8").partition("  tell the team:\n")[2].partition("\nworkspace:")[0]

OpenDesk = Callable[..., AbstractAsyncContextManager[Office]]

NO_SUCH_POLICY = r"^refusals\.no_such_policy\(policy=standrad\) refusals\.did_you_mean\(word=standard\)$"


@pytest.fixture
def desk_with(folder: Path, tmp_path: Path) -> OpenDesk:
    """A desk whose standard policy says more, and may have other stages."""

    def opened(
        more: str = "", *, stages: str = "", elsewhere: str = "", at: datetime = MONDAY_9
    ) -> AbstractAsyncContextManager[Office]:
        promised = more if "first_response" in more.partition("variants")[0] else PROMISED + more
        text = DESK.read_text(encoding="utf-8").replace(PROMISED, promised)
        config = tmp_path / "desk.yaml"
        config.write_text((text.replace(STAGES, stages) if stages else text) + elsewhere, encoding="utf-8")
        return open_office(folder, config=config, at=at)

    return opened


async def pings(office: Office, team: str = "it") -> list[str]:
    return await office.reads("lee", f"escalations-{team}")


async def dues(office: Office) -> list[tuple[str, str | None]]:
    shown = (await office.card("bo", "team-it", "IT-1"))["content"]["dues"]
    return [(due["label"], due["at"] or due["note"]) for due in shown]


class TestNextResponse:
    @pytest.fixture
    async def office(self, desk_with: OpenDesk) -> AsyncIterator[Office]:
        async with desk_with("    next_response: 1h\n") as office:
            yield office

    async def test_when_the_requester_has_spoken_last_an_answer_is_owed_again(self, office: Office) -> None:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.says("bo", "help-it", "Which one?", thread=root)
        await office.passes(hours=2)
        assert await pings(office) == []
        await office.says("ana", "help-it", "The red one, it does not move", thread=root)
        assert dict(await dues(office))["Next response"] == "2026-03-02T12:00:00.000Z"
        await office.passes(minutes=50)
        (ping,) = await pings(office)
        assert ping == (
            said("team.at_risk_title")
            + "\nIT-1 “My mouse is dead” · next response due 2026-03-02T12:00:00.000Z · unassigned\n"
        )
        await office.says("bo", "help-it", "A new one comes", thread=root)
        await office.passes(minutes=30)
        assert await pings(office) == [
            (
                said("team.over_title")
                + "\n"
                + said(
                    "team.alert_kept",
                    reference="IT-1",
                    subject="My mouse is dead",
                    measure="next response",
                    at="2026-03-02T11:50:00.000Z",
                )
                + "\n"
            )
        ]
        assert [label for label, _ in await dues(office)] == ["Resolution"]

    async def test_thanks_are_owed_no_answer(self, office: Office) -> None:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.says("bo", "help-it", "A new one is on its way", thread=root)
        await office.says("ana", "help-it", "Thanks!", thread=root)
        assert [label for label, _ in await dues(office)] == ["Resolution"]

    async def test_the_second_broken_promise_is_told_like_the_first(self, office: Office) -> None:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.says("bo", "help-it", "Which one?", thread=root)
        for answer, due, answered in (
            ("The red one", "10:00", "10:10"),
            ("Still the red one", "11:10", "11:20"),
        ):
            await office.says("ana", "help-it", f"{answer}, it does not move", thread=root)
            await office.passes(minutes=50)
            await office.has_read("lee", "escalations-it")
            await office.passes(minutes=20)
            assert await pings(office) == [
                (
                    "Breached\n"
                    + said(
                        "team.breached_now",
                        reference="IT-1",
                        subject="My mouse is dead",
                        measure="next response",
                        at=f"2026-03-02T{due}:00.000Z",
                        owner="unassigned",
                    )
                    + "\nLee Lund "
                )
            ]
            assert await office.mentions("lee", "escalations-it") == 1
            await office.says("bo", "help-it", "Sorry, I am on it", thread=root)
            assert await pings(office) == [
                (
                    said("team.late_title")
                    + "\n"
                    + said(
                        "team.alert_kept_late",
                        reference="IT-1",
                        subject="My mouse is dead",
                        measure="next response",
                        late="10 min",
                        at=f"2026-03-02T{answered}:00.000Z",
                    )
                    + "\n"
                )
            ]


async def test_an_incident_needs_news_while_it_lasts(desk_with: OpenDesk) -> None:
    async with desk_with("    periodic_update: {normal: 30m}\n") as office:
        root = await office.says("ana", "help-it", "The mail server is down")
        await office.says("bo", "help-it", "We look into it", thread=root)
        await office.passes(minutes=26)
        assert await pings(office) == [
            (
                said("team.at_risk_title")
                + "\nIT-1 “The mail server is down” · periodic update due 2026-03-02T09:30:00.000Z · unassigned\n"
            )
        ]
        await office.says("bo", "help-it", "A disk is full, we clear it", thread=root)
        assert dict(await dues(office))["Periodic update"] == "2026-03-02T09:56:00.000Z"
        await office.types("bo", "/desk resolve IT-1 all done")
        await office.passes(hours=1)
        assert len(await pings(office)) == 1


async def test_an_automatic_acknowledgement_is_no_first_response(desk_with: OpenDesk) -> None:
    macro = "macros:\n  seen: {text: We have seen it., counts_as_reply: false}\n"
    async with desk_with(elsewhere=macro) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk macro IT-1 seen now")
        assert "Bo Berg: We have seen it." in await office.reads("ana", "help-it", thread=root)
        assert (await office.card("bo", "team-it", "IT-1"))["content"]["status"] == "new"
        await office.passes(minutes=35)
        assert "first response was due" in (await pings(office))[-1]


async def test_due_on_monday_morning_it_warns_on_friday_afternoon(desk_with: OpenDesk) -> None:
    stages = "    - {left: 30m, notify: escalation_channel}\n    - {at: 100%, notify: leads}\n"
    an_hour = "    first_response: 1h\n"
    async with desk_with(an_hour, stages=stages, at=FRIDAY_16 + timedelta(minutes=15)) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.passes(minutes=29)
        assert await pings(office, "people") == []
        await office.passes(minutes=1)
        (ping,) = await pings(office, "people")
        assert ping == (
            said("team.at_risk_title")
            + "\nIT-1 “(private)” · first response due 2026-03-09T08:15:00.000Z · unassigned · "
            + said("team.staffed_left", left="30 min", at="2026-03-06T15:45:00.000Z")
            + "\n"
        )
        history = await office.types("bo", "/desk history IT-1")
        assert (
            said(
                "history.at_risk",
                measure="first response",
                at="2026-03-09T08:15:00.000Z",
                stage="30 min left",
            )
            in history
        )


async def test_a_breach_at_night_calls_at_night_where_the_policy_says_so(desk_with: OpenDesk) -> None:
    stages = "    - {at: 80%, notify: assignee}\n    - {at: 100%, notify: leads, page: always}\n"
    async with desk_with(
        "    calendar: 24x7\n", stages=stages, at=FRIDAY_16 + timedelta(minutes=50)
    ) as office:
        await office.says("ana", "help-hr", "My contract is unclear")
        await office.passes(minutes=40)
        first = (
            said(
                "team.breached_now",
                reference="IT-1",
                subject="(private)",
                measure="first response",
                at="2026-03-06T16:20:00.000Z",
                owner="unassigned",
            )
            + "\n"
        )
        assert await pings(office, "people") == [f"Breached\n{first}Lee Lund "]
        assert await office.mentions("lee", "escalations-people") == 1
        await office.has_read("lee", "escalations-people")
        await office.passes(hours=7, minutes=20)
        resolution = (
            said(
                "team.breached_now",
                reference="IT-1",
                subject="(private)",
                measure="resolution",
                at="2026-03-06T23:50:00.000Z",
                owner="unassigned",
            )
            + f" · {said('team.alert_also', targets='first response')}\n"
        )
        (told,) = await office.sees("lee", "escalations-people")
        assert words(told) == f"Breached\n{resolution}Lee Lund "
        assert told["at"] == "2026-03-06T23:50:00.000Z", "by night, and the warnings are no news"
        assert await office.mentions("lee", "escalations-people") == 1, "once more, in a new message"
        await office.has_read("lee", "escalations-people")
        await office.passes(hours=64)
        assert [each["id"] for each in await office.sees("lee", "escalations-people")] == [told["id"]]
        assert await office.mentions("lee", "escalations-people") == 0


async def test_some_people_are_promised_more(desk_with: OpenDesk) -> None:
    variant = "    variants:\n      - {name: gold, when: {tier: gold}, first_response: 5m}\n"
    tiers = "people: {tiers: {gold: [web:dan]}}\n"
    async with desk_with(variant, elsewhere=tiers) as office:
        for who, promised in (("ana", "09:30"), ("dan", "09:05")):
            root = await office.says(who, "help-it", "My mouse is dead")
            (acknowledgement,) = await office.reads(who, "help-it", thread=root)
            assert f"by 2026-03-02T{promised}:00.000Z" in acknowledgement
        history = await office.types("bo", "/desk history IT-2")
        why = said(
            "sla.why_variant",
            why=said("sla.why_default"),
            variant="gold",
            finding=said("routing.tier", name="Dan Dietz", tier="gold"),
        )
        assert said("history.policy", policy="standard", why=why) in history


async def test_a_ticket_moved_to_another_team_keeps_its_promise_in_that_teams_hours(
    folder: Path, tmp_path: Path
) -> None:
    text = DESK.read_text(encoding="utf-8").replace("  sla_policy: standard\n", "")
    rule = "    - {name: mice, when: {words: [mouse]}, team: it, sla_policy: standard}\n"
    config = tmp_path / "desk.yaml"
    config.write_text(text.replace("  rules:\n", f"  rules:\n{rule}"), encoding="utf-8")
    async with open_office(folder, config=config, at=FRIDAY_16 + timedelta(hours=2)) as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.types("bo", "/desk transfer IT-1 people")
        assert (
            said("requester.promise_off_duty", back="2026-03-09T08:00:00.000Z", at="2026-03-09T08:30:00.000Z")
            in (await office.reads("ana", "help-it", thread=root))[0]
        )
        history = await office.types("bo", "/desk history IT-1")
        rule = said("team.why_rule", rule="mice", finding=said("routing.word", text="mouse"))
        routed = said("sla.why_routing", why=rule)
        assert said("history.policy", policy="standard", why=routed) in history
        assert said("history.policy", policy="standard", why=said("sla.why_transferred")) in history


async def test_whatever_moves_a_clock_is_in_the_audit_log_with_the_copy_it_runs_by(
    desk_with: OpenDesk,
) -> None:
    async with desk_with("    next_response: 1h\n") as office:
        root = await office.says("ana", "help-it", "My mouse is dead")
        await office.says("bo", "help-it", "Which one?", thread=root)
        await office.says("ana", "help-it", "The red one does not move", thread=root)
        await office.says("bo", "help-it", "A new one comes", thread=root)
        await office.types("bo", "/desk transfer IT-1 people")
        copies = await office.desk.storage.read(policy_copies)
        assert [event for event, _ in copies] == [
            "PolicyApplied",
            "FirstResponseGiven",
            "ReplyAwaited",
            "NextResponseGiven",
            "PolicyApplied",
        ]
        assert [copy for _, copy in copies if copy] == ["24x7", "office"]


CLOCK_EVENTS = ("PolicyApplied", "FirstResponseGiven", "NextResponseGiven", "ReplyAwaited")


def policy_copies(uow: UnitOfWork) -> list[tuple[str, str | None]]:
    """What moved the clocks of IT-1, and of each policy that began to apply the calendar of its copy."""
    found = uow.tickets.find("IT", 1)
    assert found is not None
    entries = [each for each in uow.audit_log.of_ticket(found.id) if each.event in CLOCK_EVENTS]
    keys = [each.details.get("copy") for each in entries]
    assert keys[-1] == found.sla_policy_copy
    calendars = [uow.sla_timers.policy(key)["calendar"]["name"] if key else None for key in keys]
    return [(entry.event, calendar) for entry, calendar in zip(entries, calendars, strict=True)]


class TestApplyingAnew:
    @pytest.fixture
    async def office(self, desk_with: OpenDesk, tmp_path: Path) -> AsyncIterator[Office]:
        """The policy has been changed since IT-1 was opened, ten minutes ago."""
        async with desk_with() as office:
            self.root = await office.says("ana", "help-it", "My mouse is dead")
            await office.passes(minutes=10)
            config = tmp_path / "desk.yaml"
            text = (
                config.read_text().replace("normal: 30m", "normal: 90m").replace("normal: 8h", "normal: 4h")
            )
            config.write_text(text)
            await office.types("lee", "/desk-admin reload")
            yield office

    async def test_it_is_shown_first_what_would_move_and_nothing_does(self, office: Office) -> None:
        before = await dues(office)
        proposed = await office.desk.storage.read(lambda uow: proposal(office, uow))
        assert [(move.measure, *due_times(move)) for move in proposed] == [
            (Measure.FIRST_RESPONSE, "09:30", "10:30"),
            (Measure.RESOLUTION, "17:00", "13:00"),
        ]
        assert await dues(office) == before

    async def test_done_the_clocks_move_and_the_requester_reads_the_new_promise(self, office: Office) -> None:
        moved = await office.desk.storage.run(lambda uow: applied(office, uow))
        await office.settle()
        assert len(moved) == 2
        assert await dues(office) == [
            ("First response", "2026-03-02T10:30:00.000Z"),
            ("Resolution", "2026-03-02T13:00:00.000Z"),
        ]
        (acknowledgement,) = await office.reads("ana", "help-it", thread=self.root)
        assert "by 2026-03-02T10:30:00.000Z" in acknowledgement
        assert said("sla.why_reapplied", name="") in await office.types("bo", "/desk history IT-1")

    async def test_a_second_time_nothing_is_left_to_move(self, office: Office) -> None:
        await office.desk.storage.run(lambda uow: applied(office, uow))
        assert await office.desk.storage.read(lambda uow: proposal(office, uow)) == ()

    async def test_a_policy_that_is_not_there_is_refused_with_the_one_that_was_meant(
        self, office: Office
    ) -> None:
        with pytest.raises(Refused, match=NO_SUCH_POLICY):
            await office.desk.storage.read(lambda uow: proposal(office, uow, policy="standrad"))

    async def test_what_is_done_is_left_alone(self, office: Office) -> None:
        await office.types("bo", "/desk resolve IT-1 all done")
        with pytest.raises(
            Refused, match=r"^refusals\.clocks_stopped\(reference=IT-1, status=terms\.status_resolved\)$"
        ):
            await office.desk.storage.read(lambda uow: proposal(office, uow))


def proposal(office: Office, uow: UnitOfWork, *, policy: str | None = None) -> tuple[TargetChange, ...]:
    found = uow.tickets.find("IT", 1)
    assert found is not None
    proposed = propose(office.desk.contexts.context(uow), found, policy=policy)
    return proposed.moves if proposed else ()


def applied(office: Office, uow: UnitOfWork) -> tuple[TargetChange, ...]:
    found = uow.tickets.find("IT", 1)
    assert found is not None
    done = reapply(office.desk.contexts.context(uow), uow.tickets.lock(found.id))
    return done.moves if done else ()


def due_times(move: TargetChange) -> tuple[str, str]:
    assert move.before is not None
    assert move.before.due_at is not None
    assert move.after is not None
    assert move.after.due_at is not None
    return f"{move.before.due_at:%H:%M}", f"{move.after.due_at:%H:%M}"
