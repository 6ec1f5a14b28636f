"""Who may know of a ticket that says the same: never more than they see without it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.demand.similar import ComparedTicket, SimilarPolicy, SimilarRequest
from bot.domain.desk import Desk
from bot.domain.directory import DESK, ChannelRef
from bot.domain.events import NO_REPLY, StatusChanged
from bot.domain.sentence import sentence
from bot.domain.tickets.ticket import Status, Ticket
from bot.ports.unit_of_work import Storage, UnitOfWork
from bot.services.context.context import Context, ContextFactory
from bot.services.demand.similar_requests import (
    LastResolution,
    last_resolution,
    may_be_offered,
    request_to_offer,
    similar_for_team,
)
from tests.fakes.desk.desk_without_platform import FixedClock
from tests.storage.sample_rows import NOW, a_numbered_ticket
from tests.stories import desk_files

HELP, HR = ChannelRef("web", "help-it"), ChannelRef("web", "hr-private")
FORMS, LOUNGE, DIRECT = (
    ChannelRef("web", "forms-only"),
    ChannelRef("web", "lounge"),
    ChannelRef.direct("web:dan"),
)
ON = SimilarPolicy()


def desk(config: Any = desk_files.DESK) -> Desk:
    return load_desk(config, KNOWN_PLATFORMS)


def a_ticket(**fields: Any) -> Ticket:
    known: dict[str, Any] = {
        "id": 1,
        "prefix": "IT",
        "subject": "VPN",
        "team": "it",
        "requester": "web:ana",
        "origin": HELP,
        "why_here": sentence("team.why_no_rule"),
        "opened_at": NOW,
        "updated_at": NOW,
    }
    return Ticket(**known | fields)


@pytest.mark.parametrize(
    ("other", "is_offered"),
    [
        ({}, True),
        ({"is_private": True}, False),
        ({"origin": LOUNGE}, False),
        ({"origin": HR}, False),
        ({"origin": DIRECT}, False),
        ({"opened_at": NOW - timedelta(hours=25)}, False),
    ],
)
def test_somebody_elses_ticket_is_offered_where_both_were_asked_in_the_same_public_inbox(
    other: dict[str, Any], is_offered: bool
) -> None:
    mine = a_ticket(id=2, requester="web:dan")
    assert may_be_offered(desk(), mine, a_ticket(**other)) is is_offered


@pytest.mark.parametrize("where", [HR, DIRECT, ChannelRef("web", "no-inbox")])
def test_where_only_some_can_read_nobody_elses_ticket_is_offered(where: ChannelRef) -> None:
    assert not may_be_offered(desk(), a_ticket(id=2, origin=where), a_ticket(origin=where))


def test_servers_that_share_a_desk_hear_nothing_of_one_another() -> None:
    shared = desk(desk_files.TWO_SERVERS)
    at = ChannelRef("chat", "help")
    pine, oak = (a_ticket(team=name, community=name, origin=at) for name in ("pine", "oak"))
    assert may_be_offered(shared, replace(pine, id=2), pine)
    assert not may_be_offered(shared, replace(pine, id=2), oak)


async def test_a_card_names_nothing_that_its_team_may_not_see(storage: Storage) -> None:
    loaded = desk()

    def work(uow: UnitOfWork) -> set[str]:
        mine = a_numbered_ticket(uow, team="network")
        seen = {
            "own private": a_numbered_ticket(uow, team="network", is_private=True),
            "other public": a_numbered_ticket(uow, team="it"),
        }
        unseen = {
            "other private": a_numbered_ticket(uow, team="people", is_private=True),
            "merged": a_numbered_ticket(uow, team="network", merged_into=mine.id),
        }
        keep(uow, mine, *seen.values(), *unseen.values())
        found = {each.ticket.id for each in similar_for_team(uow, loaded, mine, policy=ON)}
        return {name for name, ticket in {**seen, **unseen}.items() if ticket.id in found}

    assert await storage.run(work) == {"own private", "other public"}


async def test_a_card_of_one_server_names_no_ticket_of_another(storage: Storage) -> None:
    shared = desk(desk_files.TWO_SERVERS)

    def work(uow: UnitOfWork) -> list[str]:
        mine = a_numbered_ticket(uow, team="pine", community="pine")
        others = [
            a_numbered_ticket(uow, team=team, community=community)
            for team, community in (("pine", "pine"), ("oak", "oak"), ("safety", "oak"), ("safety", "pine"))
        ]
        keep(uow, mine, *others)
        found = similar_for_team(uow, shared, mine, policy=ON)
        return sorted(f"{each.ticket.team} {each.ticket.community}" for each in found)

    assert await storage.run(work) == ["pine pine", "safety pine"]


async def test_what_is_turned_off_is_not_named(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> dict[str, list[bool]]:
        mine = a_numbered_ticket(uow)
        keep(uow, mine, a_numbered_ticket(uow), a_numbered_ticket(uow, status=Status.RESOLVED))
        policies = {
            "both": ON,
            "open": SimilarPolicy(resolved=False),
            "resolved": SimilarPolicy(open=False),
            "none": SimilarPolicy(open=False, resolved=False),
        }
        return {
            name: [each.is_open for each in similar_for_team(uow, desk(), mine, policy=policy)]
            for name, policy in policies.items()
        }

    found = await storage.run(work)
    assert found == {"both": [True, False], "open": [True], "resolved": [False], "none": []}


async def test_a_requester_is_asked_of_one_ticket_and_of_nothing_uncertain(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> dict[str, str | None]:
        context = context_of(uow)
        mine = a_numbered_ticket(uow, requester="web:dan")
        others = a_numbered_ticket(uow)
        original = a_numbered_ticket(uow, has_duplicates=True)
        own = a_numbered_ticket(uow, requester="web:dan", origin=DIRECT, is_private=True)
        own_too = a_numbered_ticket(uow, requester="web:dan")
        ended = a_numbered_ticket(uow, status=Status.RESOLVED)
        names = {others.id: "others", original.id: "original", own.id: "own", own_too.id: "own too"}

        def offered(*tickets: Ticket, degree: float = 0.9, is_routine: bool = False) -> str | None:
            found = tuple(
                SimilarRequest(ticket=each.id, degree=degree, words=("vpn", "mac")) for each in tickets
            )
            comparison = ComparedTicket(ticket=mine.id, found=found, is_routine=is_routine)
            ticket = request_to_offer(context, mine, comparison, policy=ON)
            return None if ticket is None else names[ticket.id]

        return {
            "another's": offered(others),
            "the one with duplicates": offered(others, original),
            "own first": offered(others, own),
            "two of one's own": offered(own, own_too),
            "not alike enough": offered(others, own, degree=0.75),
            "routine": offered(others, is_routine=True),
            "own routine": offered(own, is_routine=True),
            "resolved": offered(ended),
        }

    assert await storage.run(work) == {
        "another's": "others",
        "the one with duplicates": "original",
        "own first": "own",
        "two of one's own": None,
        "not alike enough": None,
        "routine": None,
        "own routine": "own",
        "resolved": None,
    }


async def test_a_ticket_without_words_at_its_end_has_ended_somehow(storage: Storage) -> None:
    assert await storage.run(lambda uow: last_resolution(uow, a_numbered_ticket(uow)).words) == ""


@pytest.mark.parametrize(
    ("changes", "ending"),
    [
        ([("new", "resolved", "web:bo", "Swapped it", "")], LastResolution(by="web:bo", words="Swapped it")),
        (
            [("new", "resolved", "web:bo", "Swapped it", ""), ("resolved", "closed", DESK, "", "")],
            LastResolution(by="web:bo", words="Swapped it"),
        ),
        ([("open", "closed", "web:ana", "Found it", "")], LastResolution(by="web:ana", words="Found it")),
        (
            [("pending", "resolved", DESK, "", NO_REPLY)],
            LastResolution(by=None, words="", is_silent=True),
        ),
    ],
)
async def test_how_a_ticket_ended_is_what_ended_it(
    storage: Storage, changes: list[tuple[str, str, str, str, str]], ending: LastResolution
) -> None:
    def work(uow: UnitOfWork) -> LastResolution:
        ticket = a_numbered_ticket(uow)
        for before, after, actor, reason, cause in changes:
            changed = StatusChanged(
                actor=actor, at=NOW, before=before, after=after, reason=reason, cause=cause
            )
            uow.audit_log.append(ticket.id, [changed])
        return last_resolution(uow, ticket)

    assert await storage.run(work) == ending


def keep(uow: UnitOfWork, ticket: Ticket, *others: Ticket) -> None:
    found = tuple(SimilarRequest(ticket=each.id, degree=0.9, words=("vpn", "mac")) for each in others)
    assert uow.similar_requests.add(ComparedTicket(ticket=ticket.id, found=found), now=NOW)


def context_of(uow: UnitOfWork) -> Context:
    loaded = desk()
    return ContextFactory(desk=lambda: loaded, clock=FixedClock()).context(uow)
