"""What an agent asks of a language model in tests of the worker, and what became of it."""

from bot.domain.assistant.job import AssistantJob
from bot.domain.assistant.language_model import LanguageModel, ModelTask
from bot.ports.language_model import ModelFailure, ModelsFound
from bot.ports.unit_of_work import UnitOfWork
from bot.services.assistant.jobs import ask_about_ticket, ask_in_general
from tests.fakes.desk.desk_without_platform import BO
from tests.fakes.desk.headless_desk import HeadlessDesk


class AnswersAlone:
    """A client of a model that is asked for nothing but answers."""

    async def streams(self, model: LanguageModel) -> bool | ModelFailure:
        raise AssertionError("nobody asks for it")

    async def models(self, model: LanguageModel) -> ModelsFound | ModelFailure:
        raise AssertionError("nobody asks for them")

    async def close(self) -> None:
        """It holds nothing."""


async def wanted(desk: HeadlessDesk, *, task: ModelTask = ModelTask.SUMMARY) -> int:
    def ask(uow: UnitOfWork) -> int:
        uow.people.remember(BO)
        context = desk.contexts.context(uow, BO)
        if task is ModelTask.ASK:
            return ask_in_general(context, task, words="take it").id
        ticket = uow.tickets.find("IT", 1)
        assert ticket is not None
        return ask_about_ticket(context, task, ticket).id

    return await desk.storage.run(ask)


async def job(desk: HeadlessDesk, number: int) -> AssistantJob:
    found = await desk.storage.read(lambda uow: uow.assistant_jobs.get(number))
    assert found is not None
    return found
