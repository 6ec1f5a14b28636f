"""A desk that has started is not looked through for garbage again and again."""

import gc
import sys

from bot.interpreter import BETWEEN_LOOKS, TURN_S, settle_in


def test_what_a_desk_is_made_of_is_looked_at_no_more_and_circles_made_later_still_are() -> None:
    thresholds, turn = gc.get_threshold(), sys.getswitchinterval()
    try:
        settle_in()
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold()[0] == BETWEEN_LOOKS
        assert sys.getswitchinterval() == TURN_S
        circle: list[object] = []
        circle.append(circle)
        del circle
        assert gc.collect() >= 1
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
        sys.setswitchinterval(turn)
