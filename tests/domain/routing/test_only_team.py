"""Which team gets everything from an inbox, where that is certain."""

from bot.config.conditions.inbox import FromInbox
from bot.config.conditions.words import Words
from bot.domain.routing.conditions import AllOf, AnyOf, Not
from tests.domain.routing.test_routing import router


def test_the_team_of_an_inbox_is_certain_where_no_words_can_change_it() -> None:
    hr, words = FromInbox(frozenset({"help-hr"})), Words(("vpn",))
    people_first = router(people=AnyOf((hr, words)), network=words)
    assert people_first.only_team("help-hr") == "people"
    assert people_first.only_team("help-it") is None
    assert router(network=words, people=hr).only_team("help-hr") is None
    assert router(people=hr).only_team("help-it") == "it"
    assert router(people=AllOf((hr, words))).only_team("help-hr") is None
    assert router(people=Not(hr)).only_team("help-it") == "people"
