"""How a form goes on: its pages one after the other, again after a refusal, and what was typed is never lost."""

from collections.abc import Sequence
from dataclasses import replace

import discord

from adapters.discord.api.addresses import Json
from adapters.discord.api.downloads import download
from adapters.discord.interactions.form_memory import GO_ON, MODAL, STEP, FormMark, FormMemory, OpenForm
from adapters.discord.interactions.inbound import InteractionActor, interaction_key, submitted
from adapters.discord.render import forms
from adapters.discord.render.action_ids import Press
from adapters.discord.render.markdown import rich
from adapters.discord.render.messages import EPHEMERAL, RenderOptions, private_body
from adapters.kit.text import cut
from bot.messages.inbound import IncomingFile, VerbChosen
from bot.messages.outbound import Form, FormRefused, PrivateReply
from bot.text.sentences import say, words

_BUTTON, _PRIMARY = 2, 1


class FormFlow:
    """`token` is the id of the interaction that opened the form, by which a second submission is known."""

    def __init__(self) -> None:
        self._kept: FormMemory[OpenForm] = FormMemory()

    def opens(
        self,
        token: str,
        form: Form,
        *,
        user: int,
        language: str,
        attachments: Sequence[discord.Attachment] = (),
    ) -> Json:
        """`attachments` came with the command that it is the form of."""
        opened = OpenForm(form=form, language=language, files=tuple(attachments))
        return _modal(self._kept.keep(token, opened, user=user), token, 0)

    def asks(self, token: str, form: Form, *, user: int, language: str) -> list[Json]:
        """The first choice of a form with steps, as menus in a message."""
        self._kept.keep(token, OpenForm(form=form, language=language), user=user)
        rows = forms.category_rows(form.fields[0], custom_id=FormMark(kind=STEP, token=token).written())
        return [_message(f"**{form.title}**", rows)]

    def chosen(self, token: str, value: str, *, by: InteractionActor, user: int) -> VerbChosen | None:
        """The event of a first step that was made; None for one that is too old."""
        kept = self._kept.find(token, user=user)
        if kept is None:
            return None
        options = {**kept.form.fixed, kept.form.fields[0].name: value}
        return submitted(by, verb=kept.form.verb, ticket=kept.form.ticket, options=options)

    def knows(self, token: str, *, user: int) -> bool:
        return self._kept.find(token, user=user) is not None

    def restore(self, token: str, form: Form, *, user: int, language: str) -> None:
        """One that was opened before the desk started anew."""
        self._kept.keep(token, OpenForm(form=form, language=language), user=user)

    def submitted(
        self,
        mark: FormMark,
        typed: forms.FilledForm,
        attachments: Sequence[discord.Attachment],
        *,
        by: InteractionActor,
        user: int,
    ) -> VerbChosen | list[Json] | PrivateReply:
        """The whole form's event; or how to go on with its next page; or why it is not taken."""
        kept = self._kept.find(mark.token, user=user)
        if kept is None or kept.is_sent:
            language = by.actor.language
            why = say(language, "platforms.form_unknown" if kept is None else "platforms.form_sent_already")
            return PrivateReply(text=(*why, *_what_was_typed(typed, language)), is_error=True)
        kept.values |= typed.values
        kept.files = tuple(attachments) or kept.files
        if mark.page + 1 < len(forms.pages(kept.form)):
            more = words(kept.language, "platforms.form_goes_on", title=kept.form.title)
            button = words(kept.language, "platforms.form_continue")
            return [_message(more, _go_on(button, mark.token, mark.page + 1))]
        return submitted(
            replace(by, key=f"{interaction_key(mark.token)}:form"),
            verb=kept.form.verb,
            ticket=kept.form.ticket,
            options={**kept.form.fixed, **kept.values},
            files=tuple(map(incoming_file, kept.files)),
        )

    def page(self, token: str, page: int, *, user: int) -> Json | None:
        """The modal of this page, with what was typed."""
        kept = self._kept.find(token, user=user)
        if kept is None or kept.is_sent or page >= len(forms.pages(kept.form)):
            return None
        return _modal(kept, token, page)

    def goes_on_with(self, token: str, form: Form, *, user: int, language: str) -> list[Json]:
        """Another form, which only a button can open from here."""
        self._kept.keep(token, OpenForm(form=form, language=language), user=user)
        button = words(language, "platforms.form_continue")
        notice = f"\n{cut(rich(form.notice), forms.NOTICE_LIMIT)}" if form.notice else ""
        return [_message(f"**{form.title}**{notice}", _go_on(button, token, 0))]

    def refused(self, token: str, refusal: FormRefused, *, user: int, language: str) -> list[Json]:
        """Why, field by field, and the way back to what was typed."""
        sentences = tuple(dict.fromkeys(refusal.fields.values())) or (refusal.reason,)
        (body, *_) = private_body(PrivateReply(text=("\n".join(sentences),), is_error=True), RenderOptions())
        if self.knows(token, user=user):
            button = words(language, "platforms.form_edit_again")
            body = body | {"components": _go_on(button, token, 0)}
        return [body]

    def done(self, token: str, *, user: int) -> None:
        """It was taken: what was typed need not be kept."""
        kept = self._kept.find(token, user=user)
        if kept is not None:
            kept.is_sent, kept.values, kept.files = True, {}, ()

    def too_old(self, language: str) -> PrivateReply:
        return PrivateReply(text=say(language, "platforms.form_unknown"), is_error=True)


def _modal(kept: OpenForm, token: str, page: int) -> Json:
    form = kept.form
    is_whole = len(forms.pages(form)) == 1
    purpose = Press(verb=form.verb, ticket=form.ticket, options=form.fixed) if is_whole else None
    mark = FormMark(kind=MODAL, token=token, page=page, purpose=purpose)
    files = [each.filename for each in kept.files]
    return forms.modal(
        form,
        custom_id=mark.written(),
        page=page,
        values=kept.values,
        files=files,
        language=kept.language,
    )


def incoming_file(file: discord.Attachment) -> IncomingFile:
    return IncomingFile(
        name=file.filename,
        media_type=file.content_type or "application/octet-stream",
        size=file.size,
        read=lambda: download(file),
    )


def _what_was_typed(typed: forms.FilledForm, language: str) -> tuple[str, ...]:
    given = [value for value in typed.values.values() if value]
    return ("\n" + "\n".join([words(language, "platforms.form_typed"), *given]),) if given else ()


def _message(content: str, components: list[Json]) -> Json:
    return {
        "content": content,
        "components": components,
        "flags": EPHEMERAL,
        "allowed_mentions": {"parse": []},
    }


def _go_on(label: str, token: str, page: int) -> list[Json]:
    mark = FormMark(kind=GO_ON, token=token, page=page)
    button = {"type": _BUTTON, "style": _PRIMARY, "label": label, "custom_id": mark.written()}
    return [{"type": 1, "components": [button]}]
