"""`bot.ports.console.overview_pages.FormPages` of a desk: a form that a command asks for, on a page of its own."""

from bot.documents.console.console_frame import ConsoleFrame
from bot.ports.console.overview_pages import NOTHING_DONE, AskedForm, Outcome
from bot.ports.console_pages import ConsolePage, ConsoleSection, ConsoleVisitor
from bot.services.context.context import ContextFactory
from bot.text.amounts import size


class AskedForms:
    """`file_limit` in bytes."""

    def __init__(
        self, frame: ConsoleFrame, *, section: ConsoleSection, contexts: ContextFactory, file_limit: int
    ) -> None:
        self._frame = frame
        self._section = section
        self._contexts = contexts
        self._file_limit = file_limit

    def form(
        self, visitor: ConsoleVisitor, asked: AskedForm, *, given: Outcome = NOTHING_DONE
    ) -> ConsolePage:
        known = self._contexts.capabilities.get(visitor.person.platform)
        return self._frame.page(
            "asked_form.html",
            visitor,
            section=self._section,
            asked=asked,
            given=given,
            has_number_inputs=known is not None and known.has_number_inputs,
            limit=size(self._file_limit, visitor.language),
        )
