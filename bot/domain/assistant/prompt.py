"""What a model is told: our instruction, and people's text as data between marks that no text can close.

There are two kinds of prompt, for who will read the answer. One whose answer a requester may read takes public
messages and public sources alone, so no note can be handed to it by mistake.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.assistant.instructions import FENCED, LEFT_OUT, RULE
from bot.domain.assistant.masks import MASKS, masked, pseudonymised
from bot.domain.tickets.conversation import MessageKind, PublicMessage, TicketMessage

LONGEST_PIECE: Final = 4_000
"""Characters of one message or source."""
LONGEST_WORD: Final = 40
"""Characters at an answer's end that may be half a word."""
LONGEST_DATA: Final = 24_000
"""Characters of people's text in one prompt: what is older is left out first."""


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that may be quoted to a requester: a macro, a public answer, an article. `link` is where to read
    it, or the command that shows it; it may be empty.
    """

    title: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptPiece:
    """Text of other people. `kind` and `by` are ours to write: `request`, `Ana Lima`."""

    kind: str
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What leaves. `names` are people's names and what stands for them, where they are not to leave."""

    instruction: str
    pieces: tuple[PromptPiece, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def system(self) -> str:
        return f"{RULE}\n\n{self.instruction}"

    @property
    def data(self) -> str:
        """The newest text is kept where there is too much of it, and the first: it says what was asked."""
        first, *rest = map(self._fenced, self.pieces) if self.pieces else ("",)
        left, kept = LONGEST_DATA - len(first), list[str]()
        for each in reversed(rest):
            left -= len(each)
            if left < 0:
                kept.append(FENCED.format(kind="note", by="", text=LEFT_OUT))
                break
            kept.append(each)
        return "\n".join((first, *reversed(kept)))

    def named_again(self, answer: str) -> str:
        """The answer with people's own names."""
        return pseudonymised(answer, {alias: name for name, alias in self.names.items()})

    def named_so_far(self, heard: str) -> str:
        """The same of an answer of which more may come: half a word is left out, and half of what stands for a name
        or a secret.
        """
        return self.named_again(_without_half(heard, (*self.names.values(), *MASKS)))

    def _fenced(self, piece: PromptPiece) -> str:
        text = _inert(self._safe(piece.text)[:LONGEST_PIECE])
        return FENCED.format(kind=_inert(piece.kind), by=_inert(self._safe(piece.by)), text=text)

    def _safe(self, text: str) -> str:
        return pseudonymised(masked(text), self.names)


def prompt_for_requester(
    instruction: str,
    conversation: Sequence[PublicMessage],
    *,
    sources: Sequence[Source] = (),
    words: str = "",
    names: Mapping[str, str] | None = None,
) -> Prompt:
    """One whose answer may be sent to the requester. `words` are the agent's own, meant for the requester."""
    said = [
        PromptPiece(
            kind="reply" if each.is_reply else "request",
            by=each.author,
            text=_with_files(each.text, each.files),
        )
        for each in conversation
        if not each.is_deleted
    ]
    quoted = [PromptPiece(kind="source", by=each.title, text=each.text) for each in sources]
    own = [PromptPiece(kind="draft", by="agent", text=words)] if words else []
    return Prompt(instruction=instruction, pieces=(*said, *quoted, *own), names=names or {})


def prompt_for_team(
    instruction: str, conversation: Iterable[TicketMessage], *, names: Mapping[str, str] | None = None
) -> Prompt:
    """One whose answer agents alone read: notes belong to it."""
    pieces = tuple(
        PromptPiece(kind=_KINDS[each.kind], by=each.author_name, text=_with_files(each.text, each.files))
        for each in conversation
        if not each.is_deleted
    )
    return Prompt(instruction=instruction, pieces=pieces, names=names or {})


_KINDS: Final = {
    MessageKind.REQUEST: "request",
    MessageKind.REPLY: "reply",
    MessageKind.NOTE: "internal note",
}


def _with_files(text: str, files: Iterable[object]) -> str:
    """File names are people's text too."""
    names = [str(getattr(each, "name", "")) for each in files]
    return "\n".join([text, *(f"(file: {name})" for name in names)])


def _without_half(text: str, wholes: Iterable[str]) -> str:
    """As far as it is certain: up to the last space, and not within one of these, nor right behind it."""
    space = max(text.rfind(" "), text.rfind("\n"))
    if len(text) - space - 1 <= LONGEST_WORD:
        text = text[: space + 1]
    lowered = text.lower()
    begun = (
        length
        for whole in map(str.lower, wholes)
        for length in range(min(len(whole), len(lowered)), 0, -1)
        if lowered.endswith(whole[:length])
    )
    return text[: len(text) - max(begun, default=0)].rstrip()


def _inert(text: str) -> str:
    """Text that can close no mark of ours, and begin none."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
