"""Who may read messages among which notes are: everybody else gets public ones alone, whoever it is rendered for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.ports.storage.messages import Messages

PROJECT = Path(__file__).parents[1]
SHOWING = ("views", "documents", "commands", "services", "text")
WITHOUT_NOTES = {"add", "revise", "move", "opening_of", "said_in_public", "first_words"}
WITH_NOTES = {name for name in vars(Messages) if not name.startswith("_")} - WITHOUT_NOTES
"""A method that is added to the port may bring notes until it is listed above."""

READERS = {
    "commands/framework/listings.py:_for_staff": "shown to agents of the team alone",
    "documents/transcript.py:read_transcript": "for the staff's transcript; the requester's has another branch",
    "services/demand/similar_requests.py:last_resolution": "the last public reply, for agents who see the ticket",
    "services/knowledge/people_mask.py:people_of": "keys of authors alone, whose names a draft may not have",
    "services/search/excerpts.py:found_words": "notes are quoted to agents of the ticket's team alone",
    "services/tickets/assignment/choice.py:_asked": "looks for names of agents in what was asked",
    "services/sla/timers.py:request_of": "looks for words that choose a policy",
    "services/tickets/announcements/changes.py:_announce_one": "wishes for copies, which the renderer makes public",
    "services/tickets/announcements/changes.py:_transferred": "copies the history to the new team",
    "services/tickets/announcements/duplicates.py:_show": "wishes for copies of public replies",
    "services/tickets/announcements/duplicates.py:show_to_original": "wishes for copies for the team",
    "services/tickets/announcements/privacy.py:announce_private": "wishes for copies the renderer makes public",
    "services/tickets/announcements/privacy.py:tell_of_post_left": "the author of a post that could not be removed",
    "services/tickets/privacy/bystanders.py:_last_words": "their own words back to who wrote where others read",
    "services/tickets/privacy/confidential_teams.py:_team_by_words": "what was asked, to find who takes such matters",
    "services/tickets/privacy/private_requests.py:_remove_posts": "which posts stand where others read",
    "services/tickets/follow_ups.py:tell_where": "which ticket its author's own words are on",
    "services/tickets/follow_ups.py:_joined_thread": "what was said on the requester's side, to move it",
    "services/tickets/revisions/changes.py:_is_answered": "whether a reply is left; shows nothing",
    "services/tickets/revisions/sent_message.py:_said_by": "one's own words, or for a lead of the team an agent's",
    "services/tickets/revisions/versions.py:_of_messages": "for the team's history and transcript alone",
    "services/tickets/opening.py:_adopt_reply": "moves what was said on the requester's side; refuses a note",
    "services/tickets/replies/held_outcome.py:_sent_since": "the id of one's own reply",
    "services/tickets/replies/colleague_words.py:_replies": "replies alone, quoted to agents of the team",
    "services/tickets/offers/asked_threads.py:ticket_of": "which ticket a message is on",
    "services/tickets/questions.py:asked_about": "which ticket a message is on",
    "views/levels/hand_over_notice.py:_line": "for the channel of the team that goes on with the ticket",
    "views/assistant/ticket_facts.py:ticket_facts": "the summary of a ticket for agents of the team alone",
    "views/notice.py:_question": "which ticket a message is on",
    "views/notice.py:_sentence": "links the team to what the requester wrote",
    "views/notices/nudge.py:_link": "the platform's id of a public reply",
    "views/renderer.py:_copy": "the one place that makes a message public or keeps it with the team",
    "views/renderer.py:shown_by": "the platform's id of a post",
}


def readings(code: str) -> Iterator[tuple[str, str]]:
    """Each use of the messages of a unit of work, with the function it is in; nothing where no notes can come."""
    for function, node in _with_functions(ast.parse(code), ""):
        match node:
            case ast.Attribute(attr=method, value=ast.Attribute(attr="messages")):
                if method in WITH_NOTES:
                    yield function, method
            case ast.Attribute(attr="messages"):
                yield function, "messages"


def _with_functions(node: ast.AST, function: str) -> Iterator[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        inside = function
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = child.name
        is_called = isinstance(node, ast.Attribute) and isinstance(child, ast.Attribute)
        if not (is_called and isinstance(child, ast.Attribute) and child.attr == "messages"):
            yield inside, child
        yield from _with_functions(child, inside)


def found_readers() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for layer in SHOWING:
        for path in sorted((PROJECT / "bot" / layer).rglob("*.py")):
            place = path.relative_to(PROJECT / "bot").as_posix()
            for function, what in readings(path.read_text(encoding="utf-8")):
                found.setdefault(f"{place}:{function}", set()).add(what)
    return found


def test_nobody_else_reads_messages_that_may_be_notes() -> None:
    assert sorted(found_readers()) == sorted(READERS)


def test_a_method_that_may_bring_notes_is_known_as_such() -> None:
    assert {"find", "get", "of_ticket", "of_tickets", "history"} == WITH_NOTES


@pytest.mark.parametrize(
    "code",
    [
        "said = view.uow.messages.of_ticket(ticket.id)",
        "text = context.uow.messages.get(number).text",
        "messages = view.uow.messages",
        "show(uow.messages)",
        "read = view.uow.messages.history",
    ],
)
def test_a_reading_of_notes_is_noticed(code: str) -> None:
    assert list(readings(f"def view():\n    {code}")) != []


@pytest.mark.parametrize(
    "code", ["said = view.uow.messages.said_in_public(ticket.id)", "uow.messages.opening_of(ticket).text"]
)
def test_public_messages_are_for_everybody(code: str) -> None:
    assert list(readings(f"def view():\n    {code}")) == []
