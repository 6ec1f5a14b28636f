"""An offer in words: each passage quoted below its article's title, ways to read all of it, and two buttons."""

from datetime import datetime
from typing import Final

from bot.domain.knowledge.answer_time import AnswerTime
from bot.domain.knowledge.offer import Offer, OfferState, ShownPassage
from bot.domain.tickets.subject import subject_of
from bot.messages import verbs
from bot.messages.outbound import Bold, Button, Moment, Quote, RichText
from bot.text.amounts import listed
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
    """For whole articles; an earlier answer is shown whole."""
    titles = {each.article: each.title for each in offer.shown if each.article and not each.is_earlier_answer}
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


def titles_shown(language: str, offer: Offer) -> str:
    """What the requester was shown, in words for them."""
    earlier = words(language, "requester.earlier_answer")
    return listed(
        list(dict.fromkeys(earlier if each.is_earlier_answer else each.title for each in offer.shown)),
        language,
    )


def titles_for_team(language: str, offer: Offer, *, team: str) -> str:
    """The same for a ticket's team: what was answered before is named to the team that answered it."""
    earlier = offer.references if offer.team == team else ()
    named = [words(language, "team.earlier_answer", reference=each) for each in earlier]
    return listed([*offer.public_titles, *named], language) or words(language, "team.answers_unnamed")


def earlier_heading(language: str, said_at: datetime) -> RichText:
    """`From an earlier answer · 3 March`"""
    return (Bold(words(language, "requester.from_earlier_answer")), " · ", Moment(said_at))


def _passage(language: str, shown: ShownPassage) -> RichText:
    if shown.is_earlier_answer:
        heading = earlier_heading(language, datetime.fromisoformat(shown.said_at))
        return joined(heading, (Quote(shown.text),), by="\n")
    text = markdown_words(shown.text).strip()
    excerpt = text if len(text) <= EXCERPT else f"{text[:EXCERPT].rstrip()}…"
    page = say(language, "knowledge.page_at", address=shown.address) if shown.address else ()
    return joined((Bold(shown.title),), (Quote(excerpt),), page, by="\n")
