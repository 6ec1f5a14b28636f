"""Buttons that carry more than a `custom_id` holds, such as the words that somebody typed into a command.

What they carry is kept here for as long as the answer they stand on can be used; after that the person types again.
"""

from dataclasses import replace

from adapters.discord.interactions.form_memory import FormMemory
from adapters.discord.render.action_ids import Press, fits
from bot.messages.outbound import Button, PrivateReply

KEPT = "kept"
"""Stands in a verb's place; a verb has two words."""
_WHICH = "which"


class StoredButtons:
    def __init__(self) -> None:
        self._memory: FormMemory[Press] = FormMemory()

    def fitted(self, reply: PrivateReply, *, token: str, user: int) -> PrivateReply:
        """The reply with buttons that Discord takes; `token` is unlike any other reply's."""
        buttons = [
            button if fits(button) else self._keep(button, token=f"{token}.{number}", user=user)
            for number, button in enumerate(reply.buttons)
        ]
        return replace(reply, buttons=tuple(buttons))

    def meant(self, press: Press, *, user: int) -> Press | None:
        """The press itself, or what was kept for it; None for what is kept no more."""
        if press.verb != KEPT:
            return press
        return self._memory.find(press.options.get(_WHICH, ""), user=user)

    def _keep(self, button: Button, *, token: str, user: int) -> Button:
        self._memory.keep(token, Press.of(button), user=user)
        return replace(button, verb=KEPT, ticket=None, options={_WHICH: token}, confirm="")
