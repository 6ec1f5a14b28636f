"""Commands in sentences, as they are typed in Discord: its menu has the rarer verbs in groups."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.messages.outbound import Code, RichText
from bot.ports.intake import CommandHelp

_WORDS = re.compile(r"/(?P<group>\S+) (?P<verb>\S+)(?: (?P<second>\S+))?")


class CommandWords:
    """Knows nothing until it has learned the desk's commands: then what a sentence names stays as it is."""

    def __init__(self) -> None:
        self._places: Mapping[tuple[str, str], str] = MappingProxyType({})

    def learn(self, helps: Sequence[CommandHelp]) -> None:
        self._places = {(each.group, each.verb): " ".join(filter(None, each.place_in_menu)) for each in helps}

    def __call__(self, text: RichText) -> RichText:
        return tuple(Code(self.typed(each.text)) if isinstance(each, Code) else each for each in text)

    def typed(self, words: str) -> str:
        """`/desk ticket history IT-4` for `/desk history IT-4`; anything else as it is."""
        found = _WORDS.match(words)
        if found is None:
            return words
        group, verb, second = found["group"], found["verb"], found["second"]
        if second is not None and (group, f"{verb} {second}") in self._places:
            return words  # a verb of two words is in the group of its first
        place = self._places.get((group, verb))
        return words if place is None else f"/{group} {place}{words[found.end('verb') :]}"


AS_IT_IS = CommandWords()
