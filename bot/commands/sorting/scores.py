"""`/desk-admin sorting`: what was learned of each field, and what people made of its suggestions."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bot.commands.framework.command import Call, Command, Role
from bot.domain.sorting.suggestion import LearnedModel, SuggestionTally
from bot.messages.outbound import Moment, PrivateReply, RichText
from bot.services.sorting.findings import no_model
from bot.text.amounts import number, share
from bot.text.error_text import tell
from bot.text.sentences import joined

LOOK_BACK: Final = timedelta(days=90)


def scores(call: Call) -> PrivateReply:
    context, sorting = call.context, call.context.desk.sorting
    if not sorting.is_on:
        return call.answer("answers.sorting_off")
    learned = context.uow.sorting.models()
    if not learned:
        return call.answer("answers.sorting_unlearned", at=f"{sorting.train_at:%H:%M}")
    tallies = context.uow.sorting.tallies(since=context.now - LOOK_BACK, threshold=sorting.threshold)
    lines = [line for each in learned for line in _lines(call, each, tallies.get(each.field))]
    return PrivateReply(text=joined(*lines, by="\n"))


def _lines(call: Call, learned: LearnedModel, tally: SuggestionTally | None) -> Iterator[RichText]:
    language, sorting = call.context.language, call.context.desk.sorting
    name = call.say(f"answers.sorting_{learned.field}")
    if learned.why:
        yield tell(language, no_model(learned))
    else:
        yield call.say(
            "answers.sorting_learned",
            field=name,
            tickets=number(learned.requests, language),
            at=Moment(learned.learned_at),
            share=share(learned.right, 1, language),
        )
    if tally is not None:
        yield call.say(
            "answers.sorting_score",
            accepted=number(tally.accepted, language),
            corrected=number(tally.corrected, language),
            left=number(tally.left, language),
            open=number(tally.open, language),
            filled=number(tally.filled, language),
        )
        if not tally.keeps(sorting.threshold):
            yield call.say("answers.sorting_falls_back", field=name)


COMMANDS: tuple[Command, ...] = (
    Command(name="desk-admin sorting", place=45, who=Role.ADMIN, handler=scores, reads=True),
)
