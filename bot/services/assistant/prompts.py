"""What is told to a model for each task, read in one transaction; asking comes after it.

A prompt whose answer may reach a requester is made of public messages and public sources alone.
"""

from collections.abc import Mapping, Sequence

from bot.domain.assistant import instructions
from bot.domain.assistant.job import AssistantJob
from bot.domain.assistant.language_model import ModelTask
from bot.domain.assistant.prompt import Prompt, PromptPiece, Source, prompt_for_requester, prompt_for_team
from bot.domain.desk import Desk
from bot.domain.tickets.conversation import TicketMessage
from bot.domain.tickets.ticket import Ticket
from bot.text.catalogue import FALLBACK
from bot.text.cldr import language_name


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
            instruction = _named(instructions.SUMMARY, job.language, reference=ticket.reference)
            return prompt_for_team(instruction, messages, names=names)
        case ModelTask.DRAFT:
            instruction = _named(instructions.DRAFT, job.language)
            return prompt_for_requester(instruction, public, sources=sources, words=job.words, names=names)
        case ModelTask.REPHRASE:
            return prompt_for_requester(
                _named(instructions.REPHRASE, job.language), (), words=job.words, names=names
            )
        case ModelTask.TRANSLATE if job.words:
            return prompt_for_requester(
                _named(instructions.TRANSLATE_OUT, job.language), (), words=job.words, names=names
            )
        case ModelTask.TRANSLATE:
            return prompt_for_requester(_named(instructions.TRANSLATE_IN, job.language), public, names=names)
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
        instruction=_named(instructions.REPORT, language),
        pieces=(PromptPiece(kind="figures", by="help desk", text=figures),),
    )


def _named(instruction: str, language: str, **facts: str) -> str:
    return instruction.format(language=language_name(language or FALLBACK, FALLBACK), **facts)
