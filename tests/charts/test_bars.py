"""Bars: everything that is counted is to be read off, in either direction and whatever the words are."""

import pytest

from bot.charts.bars import draw
from tests.charts.sample_pictures import BARS


def words_on(picture: dict[str, object]) -> list[str]:
    figure = draw(picture)
    figure.draw_without_rendering()
    (axes,) = figure.axes
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    labels = [text.get_text() for text in [*axes.get_xticklabels(), *axes.get_yticklabels()]]
    return [axes.get_title(loc="left").strip(), *legend, *labels, *(text.get_text() for text in axes.texts)]


@pytest.mark.parametrize("direction", ["up", "across"])
def test_title_labels_and_shares_are_written_on_it(direction: str) -> None:
    words = words_on(BARS | {"direction": direction})
    for expected in (BARS["title"], BARS["subtitle"], "kept", "missed", *BARS["labels"], *BARS["notes"]):
        assert expected in words


def test_a_bar_is_as_long_as_what_it_counts() -> None:
    (axes,) = draw(BARS).axes
    heights = [round(float(bar.get_height())) for container in axes.containers for bar in container]
    assert heights == [100, 90, 80, 113, 5, 9, 11, 4]


def test_rows_need_more_room_the_more_there_are() -> None:
    few, many = BARS | {"direction": "across"}, BARS | {"direction": "across", "labels": ["a"] * 30}
    many |= {"series": [{"label": "kept", "values": [1] * 30, "colour": "good"}]}
    assert draw(many).get_figheight() > draw(few).get_figheight() * 2


def test_dollar_signs_are_no_formula_and_long_names_are_shortened() -> None:
    words = words_on(BARS | {"title": "$x_2$ and $$", "labels": ["n" * 60, "b", "c", "d"]})
    assert words[0] == "$x_2$ and $$"
    assert "n" * 27 + "…" in words


def test_nothing_counted_is_an_empty_chart_and_no_error() -> None:
    assert "W06" in words_on(BARS | {"series": [{"label": "kept", "values": [0] * 4, "colour": "good"}]})


def test_of_many_columns_some_are_labelled() -> None:
    weeks = [f"W{number:02}" for number in range(1, 53)]
    series = [{"label": "kept", "values": [1] * 52, "colour": "good"}]
    words = words_on(BARS | {"labels": weeks, "notes": ["100%"] * 52, "series": series})
    assert [word for word in words if word in weeks] == weeks[::4]
    assert "100%" not in words


def test_a_legend_of_long_words_stays_within_the_picture() -> None:
    series = [
        {"label": f"{name} außerhalb der Geschäftszeiten", "values": [1] * 4, "colour": "good"}
        for name in ("Team", "Wartezeit", "Rest")
    ]
    figure = draw(BARS | {"series": series})
    figure.draw_without_rendering()
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [each["label"] for each in series]
    assert figure.legends[0].get_window_extent().x1 <= figure.bbox.x1
