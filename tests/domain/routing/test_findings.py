"""What a rule did not find is told piece by piece, in the order of its conditions."""

from bot.config.conditions.inbox import FromInbox
from bot.config.conditions.words import Words
from bot.domain.routing.conditions import AnyOf, Not
from bot.domain.routing.quotes import one_quoted, quoted
from bot.domain.routing.request import Facts
from bot.domain.sentence import sentence
from tests.config.conditions.one_rule import request_of


def test_each_that_would_have_been_enough_is_told_apart_and_what_is_unwanted_too() -> None:
    missed = AnyOf((Words.of("vpn"), Words.of("wifi"), Not(FromInbox(frozenset({"help-it"})))))
    why = missed.why(Facts(request_of("slow")), holds=False)
    vpn, wifi = (sentence("routing.no_words", words=one_quoted([word])) for word in ("vpn", "wifi"))
    excluded = sentence("routing.excluded", finding=sentence("routing.inbox", inbox="help-it"))
    both = sentence("routing.also", finding=vpn, more=wifi)
    assert why == sentence("routing.also", finding=both, more=excluded)


def test_words_are_told_as_the_operator_wrote_them() -> None:
    rule, asked = (
        Words.of("Chefin", "belästigt", "BELÄSTIGT"),
        Facts(request_of("meine chefin BELAESTIGT, belästigt mich")),
    )
    assert rule.why(asked, holds=True) == sentence("routing.words", words=quoted(["Chefin", "belästigt"]))
    missed = rule.why(Facts(request_of("slow")), holds=False)
    assert missed == sentence("routing.no_words", words=one_quoted(["Chefin", "belästigt"]))
    assert rule == Words.of("chefin", "belastigt")
