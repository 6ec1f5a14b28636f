"""What is told to a model for each task, read in one transaction; asking comes after it.

A prompt whose answer may reach a requester is made of public messages and public sources alone.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.assistant.job import AssistantJob
from bot.domain.assistant.language_model import ModelTask
from bot.domain.assistant.prompt import Piece, Prompt, Source, prompt_for_requester, prompt_for_team
from bot.domain.desk import Desk
from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.text.catalogue import FALLBACK
from bot.text.cldr import language_name

SUMMARY: Final = (
    "Summarise this ticket for the agent who takes it over, in {language}, in at most 120 words. Say, each on a "
    "line of its own: what is asked, what was tried, what is open, and what to do next. Say nothing that is not in "
    "the data."
)
DRAFT: Final = (
    "Write a reply to the requester, in {language}: friendly, short, in plain words. Use the sources where they "
    "fit. Do not promise anything, and invent no facts, names, links or steps. If the data does not say what to do, "
    "ask the requester for what is missing. The agent will read and edit it before it is sent."
)
REPHRASE: Final = (
    "Rewrite the draft in {language} so that it is clear, friendly and correct. Keep its meaning, names, numbers "
    "and links. Add nothing."
)
TRANSLATE_OUT: Final = (
    "Translate the draft into {language}. Keep its meaning, names, numbers and links. Add nothing and leave out "
    "nothing."
)
TRANSLATE_IN: Final = (
    "Translate each message into {language}. Put each on lines of its own, after the name of its author and a "
    "colon. Leave out nothing and add nothing."
)
REPORT: Final = (
    "Say in {language}, in at most 150 words, what these figures of a help desk show and what stands out. Use no "
    "number that is not in the data. Give no reasons that the data does not give."
)


def summary_prompt(
    ticket: Ticket, messages: Sequence[TicketMessage], job: AssistantJob, names: Mapping[str, str]
) -> Prompt:
    """Agents alone read the answer, so notes belong to it."""
    subject = _named(SUMMARY, job.language)
    return prompt_for_team(f"{subject} The ticket is {ticket.reference}.", messages, names=names)


def prompt_of(
    job: AssistantJob,
    ticket: Ticket,
    messages: Sequence[TicketMessage],
    *,
    sources: Sequence[Source] = (),
    names: Mapping[str, str] | None = None,
) -> Prompt:
    """For what is about one ticket. Notes are left out of all but the summary."""
    names = names or {}
    public = [each for message in messages if (each := message.in_public()) is not None]
    match job.task:
        case ModelTask.SUMMARY:
            return summary_prompt(ticket, messages, job, names)
        case ModelTask.DRAFT:
            instruction = _named(DRAFT, job.language)
            return prompt_for_requester(instruction, public, sources=sources, words=job.words, names=names)
        case ModelTask.REPHRASE:
            return prompt_for_requester(_named(REPHRASE, job.language), (), words=job.words, names=names)
        case ModelTask.TRANSLATE if job.words:
            return prompt_for_requester(_named(TRANSLATE_OUT, job.language), (), words=job.words, names=names)
        case ModelTask.TRANSLATE:
            return prompt_for_requester(_named(TRANSLATE_IN, job.language), public, names=names)
        case _:
            raise ValueError(f"{job.task} is about no single ticket")


def names_to_hide(desk: Desk, messages: Sequence[TicketMessage]) -> Mapping[str, str]:
    """The people who wrote on the ticket, and what is told instead; nobody where names may leave."""
    model = desk.language_model
    if model is None or not model.hides_names:
        return {}
    people = dict.fromkeys(name for each in messages for name in (each.author_name, each.alias) if name)
    return {name: f"Person {number}" for number, name in enumerate(people, 1)}


def report_prompt(figures: str, *, language: str) -> Prompt:
    """Figures alone: no text of anybody's."""
    return Prompt(
        instruction=_named(REPORT, language), pieces=(Piece(kind="figures", by="help desk", text=figures),)
    )


def _named(instruction: str, language: str) -> str:
    return instruction.format(language=language_name(language or FALLBACK, FALLBACK))
