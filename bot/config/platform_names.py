"""The names of the platforms to which parts of `desk.yaml` belong, by what the platforms can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from bot.ports.platform import Capabilities, ChannelIds


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformNames:
    """`workspace` and `webhooks` are the platforms whose people, channels and programs those sections list.

    Either is empty where there is no such platform: then no reference leads there.
    """

    workspace: str
    webhooks: str
    with_private_threads: frozenset[str]
    keeping_posts: frozenset[str]
    """Those where the desk cannot be given the right to remove what people wrote."""
    vouching: frozenset[str]
    """Those whose accounts people sign in with at a browser."""
    with_people: frozenset[str]
    set_up_by: Mapping[str, str]
    """What `.env` must say for a platform to be set up, where it is `.env` that does."""
    channel_ids: Mapping[str, ChannelIds]
    """How channels are named on the platforms that take their own ids."""

    @classmethod
    def of(cls, platforms: Mapping[str, Capabilities]) -> Self:
        return cls(
            workspace=next((name for name, each in platforms.items() if each.has_listed_people), ""),
            webhooks=next((name for name, each in platforms.items() if each.is_machine), ""),
            with_private_threads=frozenset(
                name for name, each in platforms.items() if each.has_private_threads
            ),
            keeping_posts=frozenset(name for name, each in platforms.items() if not each.removes_posts),
            vouching=frozenset(name for name, each in platforms.items() if each.vouches_for_accounts),
            with_people=frozenset(name for name, each in platforms.items() if not each.is_machine),
            set_up_by={name: each.set_up_by for name, each in platforms.items() if each.set_up_by},
            channel_ids={
                name: each.channel_ids for name, each in platforms.items() if each.channel_ids is not None
            },
        )
