"""`knowledge`: when requests are looked up, and what is fixed for questions that come again."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.directory import ChannelRef
from bot.domain.knowledge.answer_time import AnswerTime
from tests.config.desk_files import SMALL, complaints, load


def with_knowledge(told: str) -> str:
    return f"{SMALL}\nknowledge: {told}\n"


def test_nothing_is_looked_up_unless_the_section_is_written(tmp_path: Path) -> None:
    assert not load(tmp_path, SMALL).desk.looks_up_requests


def test_written_alone_requests_are_looked_up_beside_their_tickets(tmp_path: Path) -> None:
    desk = load(tmp_path, with_knowledge("{}")).desk
    assert desk.answers_at(ChannelRef("web", "@ana")) is AnswerTime.BESIDE
    assert desk.knowledge.open_after == timedelta(minutes=10)


def test_off_is_off_however_yaml_reads_it(tmp_path: Path) -> None:
    assert not load(tmp_path, with_knowledge("{answers: off}")).desk.looks_up_requests


def test_teams_say_whose_replies_answer_others(tmp_path: Path) -> None:
    assert load(tmp_path, with_knowledge("{}")).desk.knowledge.from_replies == frozenset()
    desk = load(tmp_path, with_knowledge("{from_replies: [network]}")).desk
    assert desk.knowledge.from_replies == {"network"}


def test_fixed_answers_are_kept_in_their_order(tmp_path: Path) -> None:
    faq = "{faq: [{when: {words: [wifi]}, article: guests}, {when: {words: [badge]}, answer: At the desk}]}"
    found = load(tmp_path, with_knowledge(faq)).desk.knowledge.faq
    assert [(each.article, each.heading) for each in found] == [("guests", ""), ("", "At the desk")]


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ("{open_after: 30m, answers: later}", "not_a_choice"),
        ("{open_after: 2h}", "open_after_range"),
        ("{faq: [{when: {words: [a]}}]}", "faq_one"),
        ("{faq: [{when: {words: [a]}, article: b, answer: c}]}", "faq_one"),
        ("{faq: [{when: {words: [a]}, article: b, title: c}]}", "faq_title"),
        ("{from_replies: [it, netwrok]}", "unknown_team(name=netwrok, hint=did_you_mean(word=network))"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line(tmp_path: Path, told: str, complaint: str) -> None:
    text = with_knowledge(told)
    ((line, found),) = complaints(tmp_path, text)
    assert line == text.rstrip().count("\n") + 1
    assert found.startswith(complaint)
