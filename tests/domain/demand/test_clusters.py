"""Requests that say the same are found together, by words that others lack."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.demand.clusters import Cluster, clusters_of
from bot.domain.demand.likeness import Likenesses, RequestText
from bot.domain.search.words import index_words

VPN = (
    "VPN tunnel drops every hour",
    "my vpn tunnel is dropping again",
    "The VPN dropped, the tunnel is gone",
    "vpn: tunnel drops on wifi",
)
PRINTER = ("Printer on floor 2 jams", "the printer jams on every page", "printer jammed again on floor 2")
OTHERS = (
    "New laptop for Ana",
    "Please reset my password",
    "Invoice of March is missing",
    "Badge does not open",
)

DROPS = (
    "VPN drops every ten minutes",
    "The VPN keeps dropping when I work from home",
    "my VPN connection drops all the time",
    "VPN drops again and again since Monday",
    "VPN drops during video calls, can you look at it?",
)
OF_A_SMALL_TEAM = (
    *OTHERS,
    "Printer on floor 2 jams",
    "I need access to the sales folder",
    "Monitor flickers after the update",
    "Outlook asks for my password again and again",
    "Meeting room projector shows no picture",
    "Software license for Photoshop",
    "Phone headset has no sound",
    "New colleague starts on Monday, please prepare an account",
    "Shared mailbox for the events team",
    "Laptop battery lasts only ten minutes",
    "Wifi in the cafeteria is slow",
    "Cannot open PDF attachments",
    "Excel crashes when I save",
    "Order a second monitor for home",
    "My keyboard misses the E key",
    "Change my name after the wedding",
    "Two-factor code does not arrive",
    "Backup of my old phone",
    "Docking station does not charge",
    "Website shows a certificate warning",
)


def requests(*texts: str, subject: str = "") -> list[RequestText]:
    return [
        RequestText(id=number, subject=tuple(index_words(subject)), text=tuple(index_words(text)))
        for number, text in enumerate(texts, start=1)
    ]


def clusters(*texts: str) -> list[Cluster]:
    asked = requests(*texts)
    return list(clusters_of(Likenesses(asked), [each.id for each in asked]))


def test_requests_about_one_thing_are_together_and_others_apart() -> None:
    found = clusters(*VPN, *PRINTER, *OTHERS)
    assert [each.requests for each in found] == [(1, 2, 3, 4), (5, 6, 7)]
    assert {"vpn", "tunnel", "drop"} <= set(found[0].words)
    assert {"printer", "jam"} <= set(found[1].words)


def test_one_thing_said_each_time_in_other_words_is_found_among_the_few_requests_of_a_small_team() -> None:
    found = clusters(*DROPS, *OF_A_SMALL_TEAM)
    assert [(each.requests, set(each.words)) for each in found] == [((1, 2, 3, 4, 5), {"vpn", "drop"})]


def test_when_and_how_often_make_nothing_alike() -> None:
    assert (
        clusters(
            "laptop again every day since Monday",
            "badge again every day since Monday",
            "invoice jeden Tag, immer wieder",
            "scanner jeden Tag, immer wieder",
        )
        == []
    )


def test_two_are_no_problem_yet() -> None:
    assert clusters(*PRINTER[:2], *OTHERS) == []


def test_greetings_and_numbers_make_nothing_alike() -> None:
    assert (
        clusters(
            "hello please help 4711 laptop", "hello please help 4711 badge", "hello please help 4711 invoice"
        )
        == []
    )


def test_nothing_and_the_same_thing_over_and_over_are_borne() -> None:
    assert clusters() == []
    assert clusters("", "", "") == []
    assert [len(each.requests) for each in clusters(*["printer jams"] * 50)] == [50]


def test_what_two_share_is_said_the_most_telling_first() -> None:
    asked = requests(*VPN, *PRINTER, *OTHERS)
    likenesses = Likenesses(asked)
    degrees = likenesses.degrees(1)
    best = max(degrees, key=lambda other: degrees[other])
    assert best in (2, 3, 4)
    assert set(likenesses.shared([1, best])) >= {"vpn", "tunnel", "drop"}
    assert 0.2 <= degrees[best] <= 1 + 1e-9


WORDS = st.lists(
    st.sampled_from(["vpn", "printer", "jam", "badge", "laptop", "mail", "disk", "full", "slow"]), max_size=6
)


@given(st.lists(WORDS, max_size=30))
def test_a_request_is_in_one_problem_at_most_and_shares_its_words(texts: list[list[str]]) -> None:
    asked = requests(*(" ".join(each) for each in texts))
    likenesses = Likenesses(asked)
    found = clusters_of(likenesses, [each.id for each in asked])
    members = [each for cluster in found for each in cluster.requests]
    assert len(members) == len(set(members))
    for cluster in found:
        assert cluster.middle in cluster.requests
        assert len(cluster.requests) >= 3
        for word in cluster.words:
            having = sum(word in likenesses.terms(each) for each in cluster.requests)
            assert having >= 0.6 * len(cluster.requests)


def test_one_thing_in_many_words_is_one_problem_in_a_small_team() -> None:
    vpn = (
        "VPN does not connect from home",
        "Cannot reach the VPN since this morning",
        "My VPN keeps dropping every ten minutes",
        "How do I set up VPN on the new laptop?",
        "VPN says wrong credentials",
    )
    others = (
        "My chair squeaks",
        "The printer on floor two eats paper",
        "Please order a second monitor for Dora",
        "Payslip of May is missing",
        "Calendar shows holidays of another country",
        "The projector bulb flickers",
        "Badge photo needs replacing",
        "Spreadsheet opens read-only",
    )
    texts = [
        RequestText(id=number, subject=tuple(index_words(text)), text=tuple(index_words(text)))
        for number, text in enumerate((*vpn, *others), start=1)
    ]
    (cluster,) = clusters_of(Likenesses(texts), [each.id for each in texts])
    assert len(cluster.requests) >= 4, "nearly all of them"
    assert set(cluster.requests) <= set(range(1, 6)), "and nothing else"
    assert cluster.words == ("vpn",)
