"""A time line: every stretch stands where it happened, and what it means can be read without colours."""

import pytest

from bot.charts.timeline import draw
from tests.charts.sample_pictures import MONDAY_S, TIME_LINE


def words_on(picture: dict[str, object]) -> list[str]:
    figure = draw(picture)
    figure.draw_without_rendering()
    (axes,) = figure.axes
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    labels = [text.get_text() for text in [*axes.get_xticklabels(), *axes.get_yticklabels()]]
    return [axes.get_title(loc="left").strip(), axes.get_xlabel(), *legend, *labels]


def test_its_clocks_their_zone_and_what_the_colours_mean_are_written_on_it() -> None:
    words = words_on(TIME_LINE)
    for expected in ("SLA timeline of IT-12", "First response", "Resolution", "Time in Europe/Berlin"):
        assert expected in words
    assert [word for word in words if word in ("counted", "counted, overdue", "closed")] == [
        "counted",
        "counted, overdue",
    ]


def test_hours_are_those_of_the_zone() -> None:
    short = TIME_LINE | {"lanes": TIME_LINE["lanes"][:1]}
    assert "10:30" in words_on(short)
    assert "09:30" in words_on(short | {"zone": "UTC"})


def test_its_words_and_dates_are_in_the_language_that_it_was_described_in() -> None:
    spans = [{"from": MONDAY_S, "until": MONDAY_S + 10 * 86_400, "kind": "counted"}]
    german = TIME_LINE | {
        "axis": "Zeit in Europe/Berlin",
        "locale": "de",
        "due": "fällig",
        "legend": {"counted": "gezählt"},
        "lanes": [{"label": "Lösung", "note": "", "due": MONDAY_S, "spans": spans}],
    }
    words = words_on(german)
    for expected in ("Zeit in Europe/Berlin", "gezählt", "Lösung", "Di., 3."):
        assert expected in words
    (axes,) = draw(german).axes
    assert "fällig" in [text.get_text() for text in axes.texts]


def test_what_the_ticks_leave_unsaid_stands_at_the_end_of_the_axis() -> None:
    figure = draw(TIME_LINE)
    figure.draw_without_rendering()
    (axes,) = figure.axes
    assert axes.xaxis.get_offset_text().get_text() == "3 March 2026"


def test_a_bar_is_as_long_as_its_time() -> None:
    (axes,) = draw(TIME_LINE).axes
    widths = [
        round(path.get_extents().width * 24, 3) for each in axes.collections for path in each.get_paths()
    ]
    assert widths == pytest.approx([2, 0.5, 25], abs=0.001)


def test_above_each_clock_stands_what_it_comes_to() -> None:
    late = {"from": MONDAY_S + 80_000, "until": MONDAY_S + 90_000, "kind": "held"}
    lanes = [
        *TIME_LINE["lanes"],
        {"label": "Next response", "note": "0 s of 1 h", "due": None, "spans": [late]},
    ]
    (axes,) = draw(TIME_LINE | {"lanes": lanes}).axes
    notes = {text.get_text(): text.get_horizontalalignment() for text in axes.texts}
    assert notes["2 h 30 min of 2 h counted"] == "left"
    assert notes["0 s of 1 h"] == "right"


def test_the_due_time_is_marked_where_there_is_one() -> None:
    (axes,) = draw(TIME_LINE).axes
    assert len(axes.lines) == 1
    assert [text.get_text() for text in axes.texts].count("due") == 1


def test_years_of_days_are_drawn_too() -> None:
    spans = [
        {"from": MONDAY_S + day * 86_400, "until": MONDAY_S + day * 86_400 + 28_800, "kind": "counted"}
        for day in range(800)
    ]
    assert "First response" in words_on(
        TIME_LINE | {"lanes": [{"label": "First response", "note": "", "due": None, "spans": spans}]}
    )
