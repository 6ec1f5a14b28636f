"""An offer in words: each passage quoted below its article's title, ways to read all of it, and two buttons."""

from typing import Final

from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.offer import Offer, OfferState, ShownPassage
from bot.domain.tickets.subject import subject_of
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Moment, Quote, RichText
from bot.text.markdown import markdown_words
from bot.text.sentences import joined, say, words

SOLVED: Final = "solved"
ASK: Final = "ask"
"""What may be chosen."""
EXCERPT: Final = 500
"""Characters of a passage; its article has all of it."""
LABEL: Final = 40
"""Characters of a title on a button."""


def offer_text(language: str, offer: Offer) -> RichText:
    """What is shown, and what happens without a button."""
    if offer.state is OfferState.HELD and offer.due_at is not None:
        head = say(language, "requester.answers_before", at=Moment(offer.due_at))
    else:
        head = say(language, "requester.answers_beside")
    return joined(head, *(_passage(language, each) for each in offer.shown), by="\n\n")


def reading_buttons(language: str, offer: Offer) -> tuple[Button, ...]:
    """For whole articles."""
    titles = {each.article: each.title for each in offer.shown if each.article}
    return tuple(
        Button(
            label=words(language, "knowledge.button_show", title=subject_of(title, limit=LABEL)),
            verb=verbs.SHOW_ARTICLE,
            options={"name": name},
        )
        for name, title in titles.items()
    )


def judging_buttons(language: str, offer: Offer) -> tuple[Button, ...]:
    ask = "ask_team" if offer.mode is AnswerTime.BEFORE else "need_help"

    def button(label: str, choice: str, *, is_primary: bool = False) -> Button:
        return Button(
            label=words(language, f"requester.button_{label}"),
            verb=verbs.JUDGE_ANSWERS,
            options={"offer": str(offer.id), "choice": choice},
            is_primary=is_primary,
        )

    return (button("solved_it", SOLVED, is_primary=True), button(ask, ASK))


def offer_key(offer_id: int) -> str:
    """Of the message that shows it."""
    return f"offer:{offer_id}"


def _passage(language: str, shown: ShownPassage) -> RichText:
    text = markdown_words(shown.text).strip()
    excerpt = text if len(text) <= EXCERPT else f"{text[:EXCERPT].rstrip()}…"
    page = say(language, "knowledge.page_at", address=shown.address) if shown.address else ()
    return joined((Bold(shown.title),), (Quote(excerpt),), page, by="\n")
