"""How a form goes on: its pages one after the other, again after a refusal, and what was typed is never lost."""

from dataclasses import replace

import discord

from adapters.discord import forms
from adapters.discord.addresses import Json
from adapters.discord.downloads import download
from adapters.discord.interactions import By, interaction_key, submitted
from adapters.discord.kept import KeptForm, KeptForms, mark_of
from adapters.discord.render import EPHEMERAL, Showing, private_body
from bot.messages.inbound import IncomingFile, VerbChosen
from bot.messages.outbound import Form, FormRefused, PrivateReply

TOO_OLD = "This form is too old: a quarter of an hour is the most. Open it again."
_BUTTON, _PRIMARY = 2, 1


class FormFlow:
    """`token` is the id of the interaction that opened the form, by which a second submission is known."""

    def __init__(self) -> None:
        self._kept = KeptForms()

    def opens(self, token: str, form: Form, *, user: int) -> Json:
        self._kept.keep(token, form, user=user)
        return forms.modal(form, custom_id=mark_of("m", token), page=0, values={})

    def asks(self, token: str, form: Form, *, user: int) -> list[Json]:
        """The first choice of a form with steps, as menus in a message."""
        self._kept.keep(token, form, user=user)
        rows = forms.category_rows(form.fields[0], custom_id=mark_of("s", token))
        return [_message(f"**{form.title}**", rows)]

    def chosen(self, token: str, value: str, *, by: By, user: int) -> VerbChosen | None:
        """The event of a first step that was made; None for one that is too old."""
        kept = self._kept.find(token, user=user)
        if kept is None:
            return None
        options = {**kept.form.fixed, kept.form.fields[0].name: value}
        return submitted(by, verb=kept.form.verb, ticket=kept.form.ticket, options=options)

    def submitted(
        self,
        token: str,
        page: int,
        typed: forms.Filled,
        attachments: tuple[discord.Attachment, ...],
        *,
        by: By,
        user: int,
    ) -> VerbChosen | list[Json] | PrivateReply:
        """The whole form's event; or how to go on with its next page; or that it is too old."""
        kept = self._kept.find(token, user=user)
        if kept is None:
            return PrivateReply(text=(TOO_OLD, *_what_was_typed(typed)), is_error=True)
        kept.values |= typed.values
        kept.files = (*kept.files, *attachments) if attachments else kept.files
        if page + 1 < len(forms.pages(kept.form)):
            return [
                _message(f"{kept.form.title}: there is more to fill in.", _go_on("Continue", token, page + 1))
            ]
        return submitted(
            replace(by, key=f"{interaction_key(token)}:form"),
            verb=kept.form.verb,
            ticket=kept.form.ticket,
            options={**kept.form.fixed, **kept.values},
            files=_incoming(kept),
        )

    def page(self, token: str, page: int, *, user: int) -> Json | None:
        """The modal of this page, with what was typed."""
        kept = self._kept.find(token, user=user)
        if kept is None or page >= len(forms.pages(kept.form)):
            return None
        return forms.modal(kept.form, custom_id=mark_of("m", token, page), page=page, values=kept.values)

    def goes_on_with(self, form: Form, *, user: int) -> list[Json]:
        """Another form, which only a button can open from here."""
        token = f"{user}-{id(form)}"
        self._kept.keep(token, form, user=user)
        return [_message(f"**{form.title}**", _go_on("Continue", token, 0))]

    def refused(self, token: str, refusal: FormRefused, *, user: int) -> list[Json]:
        """Why, field by field, and the way back to what was typed."""
        sentences = tuple(dict.fromkeys(refusal.fields.values())) or (refusal.reason,)
        (body, *_) = private_body(PrivateReply(text=("\n".join(sentences),), is_error=True), Showing())
        if self._kept.find(token, user=user) is not None:
            body = body | {"components": _go_on("Edit again", token, 0)}
        return [body]

    def done(self, token: str) -> None:
        """It was taken: what was typed need not be kept."""
        self._kept.drop(token)

    def too_old(self) -> PrivateReply:
        return PrivateReply(text=(TOO_OLD,), is_error=True)


def _incoming(kept: KeptForm) -> tuple[IncomingFile, ...]:
    return tuple(
        IncomingFile(
            name=each.filename,
            media_type=each.content_type or "application/octet-stream",
            size=each.size,
            read=lambda each=each: download(each),  # type: ignore[misc]
        )
        for each in kept.files
        if isinstance(each, discord.Attachment)
    )


def _what_was_typed(typed: forms.Filled) -> tuple[str, ...]:
    words = [value for value in typed.values.values() if value]
    return ("\nWhat you typed:\n" + "\n".join(words),) if words else ()


def _message(content: str, components: list[Json]) -> Json:
    return {
        "content": content,
        "components": components,
        "flags": EPHEMERAL,
        "allowed_mentions": {"parse": []},
    }


def _go_on(label: str, token: str, page: int) -> list[Json]:
    button = {"type": _BUTTON, "style": _PRIMARY, "label": label, "custom_id": mark_of("g", token, page)}
    return [{"type": 1, "components": [button]}]
