"""How urgent a ticket looks by the stage that its timer has reached."""

from bot.domain.sla.timer import SlaTimer
from bot.messages.outbound import Tone


def stage_tone(timer: SlaTimer) -> Tone:
    """How near a promise is: the stages of its policy reached so far."""
    if timer.breached_at is not None:
        return Tone.ALERT
    return (Tone.NEUTRAL, Tone.ATTENTION, Tone.WARNING)[min(timer.stage, 2)]
