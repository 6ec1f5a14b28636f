"""The index passes over the rules that cannot match, and over no other."""

from bot.config.conditions.inbox import FromInbox
from bot.config.conditions.language import Language
from bot.config.conditions.pattern import Pattern
from bot.config.conditions.words import Words
from bot.domain.routing.conditions import AllOf, AnyOf, Condition, Not
from bot.domain.routing.request import Facts
from bot.domain.routing.rule_index import RuleIndex
from tests.config.conditions.one_rule import request_of

VPN, HERE = Words.of("vpn"), FromInbox(frozenset({"help-it"}))


def candidates(*conditions: Condition, text: str = "printer") -> list[int]:
    return RuleIndex(conditions).candidates(Facts(request_of(text)))


def test_a_rule_is_looked_at_only_when_one_of_its_facts_is_there() -> None:
    assert candidates(VPN, Words.of("printer"), HERE, FromInbox(frozenset({"help-hr"}))) == [1, 2]


def test_a_phrase_is_looked_for_by_its_longest_word() -> None:
    assert candidates(Words.of("my printer"), Words.of("the scanner")) == [0]


def test_a_pattern_is_looked_at_when_a_piece_it_needs_is_in_the_text() -> None:
    assert candidates(Pattern.of("print(er|s)"), Pattern.of("scanner")) == [0]


def test_of_several_facts_that_must_all_be_there_the_rarer_one_leads() -> None:
    assert candidates(AllOf((HERE, VPN))) == []
    assert candidates(AllOf((HERE, VPN)), text="vpn") == [0]


def test_a_rule_that_no_fact_leads_to_is_always_looked_at() -> None:
    german = Language(frozenset({"de"}))
    assert candidates(german, Not(HERE), AnyOf((VPN, german)), AllOf(())) == [0, 1, 2, 3]
