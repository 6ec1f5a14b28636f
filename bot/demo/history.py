"""What happened at the demo's desk before a visitor came: a few hours of an ordinary day, as data."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLine:
    """`who` says this in a channel, so long before the visit. `thread_of`: a reply to that line, by index."""

    before: timedelta
    who: str
    channel: str
    text: str
    thread_of: int | None = None


def _minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


HISTORY: tuple[DemoLine, ...] = (
    DemoLine(
        before=_minutes(170),
        who="ana",
        channel="help-it",
        text="The VPN drops every few minutes when I work from the train. At home it is fine.",
    ),
    DemoLine(before=_minutes(164), who="cleo", channel="help-it", text="/desk claim IT-1"),
    DemoLine(
        before=_minutes(161),
        who="cleo",
        channel="help-it",
        thread_of=0,
        text="Trains change networks all the time. Please switch the VPN client to “TCP”, under Settings, Protocol.",
    ),
    DemoLine(
        before=_minutes(148),
        who="ana",
        channel="help-it",
        thread_of=0,
        text="That did it: a whole hour without a drop. Thank you!",
    ),
    DemoLine(
        before=_minutes(146),
        who="cleo",
        channel="help-it",
        text="/desk resolve IT-1 The VPN client uses TCP now, which survives changes of network.",
    ),
    DemoLine(
        before=_minutes(75),
        who="dora",
        channel="help-it",
        text="Could I have a second monitor for my desk? I compare contracts all day.",
    ),
    DemoLine(before=_minutes(70), who="bo", channel="help-it", text="/desk claim IT-2"),
    DemoLine(
        before=_minutes(69),
        who="bo",
        channel="team-it",
        text="/desk note IT-2 Two 27-inch ones are left in the store room; the next delivery comes on Thursday.",
    ),
    DemoLine(
        before=_minutes(66),
        who="bo",
        channel="help-it",
        thread_of=5,
        text="Of course. I will bring one up this afternoon; which side of the desk is free?",
    ),
    DemoLine(before=_minutes(65), who="bo", channel="help-it", text="/desk wait IT-2"),
    DemoLine(
        before=_minutes(8),
        who="ana",
        channel="help-it",
        text="The printer on the second floor prints only blank pages since this morning.",
    ),
)
