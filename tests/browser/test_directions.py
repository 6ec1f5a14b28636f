"""Texts that turn the writing direction around: they turn themselves and nothing beside them."""

import re

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from tests.browser.camera import Camera
from tests.browser.conftest import Enter
from tests.browser.person import REFERENCE

pytestmark = pytest.mark.browser

ON_ONE_LINE: ViewportSize = {"width": 2000, "height": 900}

LEFT_EDGES = """(line, words) => {
    const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const edges = {};
    let next = 0;
    while (texts.nextNode()) {
        const data = texts.currentNode.data;
        for (let from = 0; next < words.length; next++) {
            const word = words[next];
            const start = data.indexOf(word, from);
            if (start < 0) break;
            from = start + word.length;
            edges[word] = [...word].map((_, index) => {
                const range = document.createRange();
                range.setStart(texts.currentNode, start + index);
                range.setEnd(texts.currentNode, start + index + 1);
                return range.getBoundingClientRect().left;
            });
        }
    }
    return edges;
}"""


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("VPN one \u202eis down", "VPN one"),
        ("VPN two \u2069\u2069\u202eis down", "VPN two"),
        ("\u202bVPN three \u2067is down", "VPN three"),
        ("خادم VPN الرابع معطل", "خادم VPN الرابع"),
    ],
)
def test_a_subject_that_turns_around_leaves_the_rest_of_an_alert_readable(
    enter: Enter, camera: Camera, subject: str, shown: str
) -> None:
    ana, cleo = enter("ana"), enter("cleo")
    ana.goes_to("help-it")
    ana.composer.fill(subject)
    ana.composer.press("Enter")
    ana.opens_thread_of(ana.message(shown))
    reference = REFERENCE.search(ana.acknowledgement.inner_text())
    assert reference
    cleo.goes_to("escalations-network")
    cleo.forwards_the_clock("4h", "4h", "tomorrow")
    alerted = rf"^(Breached|Still unacknowledged)\s+{reference[0]}"
    told = re.compile(alerted)  # neither the board nor what was alerted earlier
    alert = cleo.notices("alarm").filter(has_text=told).last
    expect(alert).to_contain_text("unassigned")
    camera.take("directions", cleo.page)
    cleo.page.set_viewport_size(ON_ONE_LINE)
    assert reads_from_left_to_right(alert, "resolution", "was due", "unassigned")


def reads_from_left_to_right(line: Locator, *words: str) -> bool:
    """Each letter of the words, and each word after the one before it."""
    edges = line.evaluate(LEFT_EDGES, [*words])
    found = [edge for word in words for edge in edges.get(word, [])]
    return len(found) == len("".join(words)) and found == sorted(found)
