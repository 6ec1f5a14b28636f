"""A reason that is kept without the words it quoted, however deep it stands in another."""

from bot.domain.routing.quoted_reason import without_finding
from bot.domain.sentence import Sentence, sentence

BY_WORD = sentence("team.why_rule", rule="vpn", finding=sentence("routing.word", text="tunnel"))


def quotes(why: Sentence) -> bool:
    return "tunnel" in str(why.to_json())


def test_reasons_inside_of_reasons_forget_the_words() -> None:
    again = sentence("team.why_continues_and", before="IT-1", why=BY_WORD)
    variant = sentence(
        "sla.why_variant", why=sentence("sla.why_routing", why=again), variant="vip", finding="tunnel"
    )
    assert quotes(variant)
    forgotten = without_finding(variant)
    assert not quotes(forgotten)
    assert forgotten.key == "sla.why_variant_alone"
    assert {"IT-1", "vpn", "vip"} <= set(str(forgotten.to_json()).replace("'", " ").split())


def test_what_sorting_had_learned_of_the_words_goes_too() -> None:
    sorted_ = without_finding(sentence("team.why_sorted", percent="99", words="tunnel"))
    assert (sorted_.key, dict(sorted_.facts)) == ("team.why_sorted_alone", {"percent": "99"})


def test_a_reason_that_quotes_nothing_stays() -> None:
    assert without_finding(sentence("sla.why_default")) == sentence("sla.why_default")
