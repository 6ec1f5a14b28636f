"""What was learned, as it is used: a weight for each term and label."""

from zlib import crc32

import pytest

from bot.domain.sorting.model import ModelUnreadable, SortingModel, bent_by
from bot.domain.sorting.terms import terms_of

TOLD = {"vpn": (2.0, -1.0), "tunnel": (1.0, 0.0), "invoice": (-1.0, 3.0), "please": (0.1, 0.1)}


def a_model(*, has_many: bool = False) -> SortingModel:
    weights = {crc32(word.encode()): of for word, of in TOLD.items()}
    terms = sorted(weights)
    return SortingModel(
        labels=("network", "purchase"),
        terms=terms,
        rarities=[1.0] * len(terms),
        weights=[each for term in terms for each in weights[term]],
        biases=[0.0, 0.0],
        sharpness=[2.0, 2.0],
        shifts=[0.0, 0.0],
        unknown_rarity=1.0,
        has_many=has_many,
    )


def test_says_the_likeliest_label_how_sure_and_by_which_words() -> None:
    guess = a_model().guess("Please: the VPN Tunnel!")
    assert guess is not None
    assert (guess.label, guess.words) == ("network", ("vpn", "tunnel"))
    assert 0.5 < guess.sureness < 1


def test_surenesses_of_one_label_add_up_to_one() -> None:
    assert sum(a_model().surenesses("vpn invoice")) == pytest.approx(1)


def test_requests_without_a_known_word_get_no_suggestion() -> None:
    assert a_model().guess("zebra crossing") is None
    assert a_model().guess("") is None


def test_words_that_were_never_seen_make_it_less_sure() -> None:
    known, unknown = a_model().guess("vpn"), a_model().guess("vpn zebra crossing lions")
    assert known is not None
    assert unknown is not None
    assert known.sureness > unknown.sureness


def test_each_of_many_labels_has_a_sureness_of_its_own() -> None:
    first, second = a_model(has_many=True).surenesses("vpn invoice")
    assert first > 0.5
    assert second > 0.5


def test_a_model_is_the_same_after_it_was_stored() -> None:
    model = a_model()
    assert SortingModel.from_bytes(model.to_bytes()).surenesses("vpn tunnel") == model.surenesses(
        "vpn tunnel"
    )


@pytest.mark.parametrize("packed", [b"", b"nonsense", b"DBSORT1\nnonsense", a_model().to_bytes()[:-9]])
def test_what_is_no_model_is_not_read(packed: bytes) -> None:
    with pytest.raises(ModelUnreadable):
        SortingModel.from_bytes(packed)


def test_a_straight_bend_changes_nothing() -> None:
    assert bent_by((1.0, 1.0, 0.0), 0.8) == pytest.approx(0.8)


def test_very_long_requests_are_suggested_for_all_the_same() -> None:
    assert a_model().guess("vpn " + "x" * 100_000) is not None
    assert len(terms_of("vpn " * 100_000)) == 1
