"""What the desk shows, as the page's JSON. Pure.

Everything people said stays a JSON string and is never markup. A posted button's verb stays on the
server: `content_json` keeps it under `press`, `for_page` takes it out again. A private reply is stored
nowhere, so its buttons carry what they do; rights are checked when they are pressed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, assert_never

from adapters.web.capabilities import PLATFORM
from adapters.web.store.attachments import private_id
from adapters.web.store.messages import Message, instant
from adapters.web.workspace import DESK_ID
from bot.domain.tickets.conversation import StoredFile
from bot.messages.ask_again import AskAgain
from bot.messages.outbound import (
    Board,
    Bold,
    Button,
    Card,
    Code,
    Copy,
    Due,
    Field,
    Form,
    FormRefused,
    Home,
    HomeLine,
    HomeSection,
    Mention,
    MessageContent,
    MessageLink,
    Moment,
    Notice,
    Preformatted,
    PrivateReply,
    Quote,
    Reply,
    RichText,
    Span,
)
from bot.text.sentences import words

Json = dict[str, Any]


def message_json(message: Message) -> Json:
    """A stored message for the page."""
    is_desk = message.author == DESK_ID
    return {
        "id": str(message.id),
        "channel": message.channel,
        "thread": None if message.thread is None else str(message.thread),
        "author": {"id": message.author, "name": message.author_name, "is_desk": is_desk},
        "at": message.at,
        "edited": message.revision > 0 and not is_desk,
        "deleted": message.is_deleted,
        "text": message.text,
        "files": message.files,
        "content": None if message.content is None else for_page(message.content),
        "reply_count": message.reply_count,
        "last_reply_at": message.last_reply_at,
    }


def for_page(content: Json) -> Json:
    """A stored content without what its buttons do or did."""
    shown = {key: content[key] for key in content if key != "past"}
    for row in ("buttons", "menu"):
        if row in shown:
            shown[row] = [{key: each[key] for key in each if key != "press"} for each in shown[row]]
    return shown


def content_json(content: MessageContent, *, key: str, language: str) -> Json:
    """For the store. `key` is the message's post key; the ids of its files follow from it.

    `language` is that of its sentences, whose moments the page says in it too.
    """
    match content:
        case Notice():
            return {
                "type": "notice",
                "text": rich_json(content.text),
                "language": language,
                "tone": content.tone.value,
                "notifies": _notified(content.mentions),
                "buttons": [_posted_button(button) for button in content.buttons],
                "menu": [_posted_button(entry) for entry in content.menu.entries] if content.menu else [],
                "menu_label": content.menu.label if content.menu else "",
                "files": _files(content.files, key),
                **({"passing": True} if content.is_passing else {}),
            }
        case Copy():
            return _copy(content, key)
        case Card():
            return _card(content)
        case Board():
            return {
                "type": "notice",
                "text": rich_json(content.whole),
                "tone": content.tone.value,
                "buttons": [],
                "files": [],
            }
        case _:
            assert_never(content)


def reply_json(reply: Reply | None, *, reader: str) -> Json | None:
    """A private reply or a form, for its one reader, a person of the workspace."""
    match reply:
        case None:
            return None
        case PrivateReply():
            return {
                "type": "private",
                "text": rich_json(reply.text),
                "buttons": _carrying(reply.buttons),
                "is_error": reply.is_error,
                "is_turned": reply.is_turned,
                "again": _again(reply.again),
                "files": [
                    _file(file, file.digest and private_id(file, reader=reader)) for file in reply.files
                ],
            }
        case FormRefused():
            return {"type": "form_refused", "reason": reply.reason, "fields": dict(reply.fields)}
        case Form():
            return _form(reply)
        case _:
            assert_never(reply)


def _again(again: AskAgain | None) -> Json | None:
    """What the page asks, as a pressed button does, once so many seconds have passed."""
    if again is None:
        return None
    press = {"verb": again.verb, "ticket": again.ticket, "options": dict(again.options), "opens_form": False}
    return {"after_s": again.after_s, "private": press}


def home_json(home: Home, *, language: str) -> Json:
    """A person's home page, for them alone. It is stored nowhere, so its buttons carry what they do."""
    return {
        "title": home.title,
        "language": language,
        "buttons": _carrying(home.buttons),
        "sections": [_home_section(section, language) for section in home.sections],
    }


def _home_section(section: HomeSection, language: str) -> Json:
    """What is left out is counted on the button that lists it, in a line of its own."""
    key = "platforms.and_many_more" if section.has_many_more else "platforms.and_more"
    more = words(language, key, count=section.more) if section.more else ""
    whole = section.whole if more else None
    last = (HomeLine(text=(), buttons=(replace(whole, label=more),)),) if whole is not None else ()
    return {
        "title": section.title,
        "lines": [_home_line(line) for line in (*section.lines, *last)],
        "nothing": "" if section.lines else section.nothing,
        "more": "" if whole is not None else more,
    }


def _home_line(line: HomeLine) -> Json:
    return {
        "text": rich_json(line.text),
        "tone": line.tone.value,
        "buttons": _carrying(line.buttons),
    }


def with_past(content: Json, before: Mapping[str, Any] | None) -> Json:
    """The new content of a message, which remembers what the buttons did that it had before."""
    past = _past_and_present(before or {})
    return content | {"past": past} if past else content


def press_of(content: Mapping[str, Any], *, row: str, index: int, label: str | None) -> Json | None:
    """What this button does: `verb`, `ticket`, `options`, `opens_form`. None if there is no such button.

    The content may have changed while somebody pressed: the label says which button they saw.
    """
    buttons = content.get(row) or []
    there = buttons[index] if 0 <= index < len(buttons) else None
    if there is not None and label in {None, there["label"]}:
        press: Json = there["press"]
        return press
    return _past_and_present(content).get(label or "")


def _past_and_present(content: Mapping[str, Any]) -> dict[str, Json]:
    """By label; what a button does now counts, before what one of that name did."""
    buttons = [*content.get("buttons", ()), *content.get("menu", ())]
    return {**content.get("past", {}), **{each["label"]: each["press"] for each in buttons}}


def file_id(key: str, position: int, file: StoredFile) -> str:
    """The same file of the same post has the same id after every edit."""
    return hashlib.sha256(f"{key}\n{position}\n{file.digest}".encode()).hexdigest()[:24]


def id_in_workspace(person_key: str) -> str:
    """`ana` for `web:ana`; people of other platforms keep their whole key."""
    return person_key.removeprefix(f"{PLATFORM}:")


def _copy(copy: Copy, key: str) -> Json:
    return {
        "type": "copy",
        "author": copy.author,
        "text": copy.text,
        "quote": copy.quote,
        "said_at": instant(copy.said_at),
        "label": copy.label,
        "is_note": copy.is_note,
        "edited": copy.is_edited,
        "notifies": _notified(copy.mentions),
        "files": _files(copy.files, key),
    }


def _files(files: Sequence[StoredFile], key: str) -> list[Json]:
    return [
        _file(file, None if file.digest is None else file_id(key, position, file))
        for position, file in enumerate(files)
    ]


def _file(file: StoredFile, identity: str | None) -> Json:
    return {
        "id": identity,
        "name": file.name,
        "size": file.size,
        "media_type": file.media_type,
        "problem": file.problem,
    }


def _card(card: Card) -> Json:
    return {
        "type": "card",
        "reference": card.reference,
        "subject": card.subject,
        "excerpt": card.excerpt,
        "requester": card.requester,
        "status": card.status,
        "state": card.state,
        "priority": card.priority,
        "level": card.level,
        "assignee": card.assignee,
        "team": card.team,
        "tags": list(card.tags),
        "answers": [{"label": label, "answer": answer} for label, answer in card.answers],
        "dues": [_due(due) for due in card.dues],
        "why_here": card.why_here,
        "is_private": card.is_private,
        "opened_at": instant(card.opened_at),
        "thread_says": card.thread_says,
        "notes_label": card.notes_label,
        "source": None if card.source is None else _link(card.source),
        "buttons": [_posted_button(button) for button in card.buttons],
        "menu": [_posted_button(button) for button in card.menu],
        "tone": card.tone.value,
        "mentions": rich_json(_spaced(card.mentions)),
        "notifies": _notified(card.mentions),
    }


def _notified(mentions: Sequence[Mention]) -> list[str]:
    """Ids of whom it calls: their page marks the message."""
    return [id_in_workspace(each.key) for each in mentions]


def _spaced(mentions: Sequence[Mention]) -> RichText:
    """The people with spaces between them."""
    spans: RichText = ()
    for each in mentions:
        spans += (" ", each) if spans else (each,)
    return spans


def _due(due: Due) -> Json:
    return {
        "label": due.label,
        "at": None if due.at is None else instant(due.at),
        "note": due.note,
        "stage": due.stage.value,
    }


def _form(form: Form) -> Json:
    return {
        "type": "form",
        "title": form.title,
        "verb": form.verb,
        "ticket": form.ticket,
        "submit": form.submit,
        "fixed": dict(form.fixed),
        "is_step": form.is_step,
        "is_asked_privately": form.is_asked_privately,
        "takes_files": form.takes_files,
        "notice": rich_json(form.notice),
        "tells_closing": form.tells_closing,
        "fields": [_field(each) for each in form.fields],
    }


def _field(field: Field) -> Json:
    return {
        "name": field.name,
        "label": field.label,
        "kind": field.kind,
        "required": field.is_required,
        "value": field.value,
        "hint": field.hint,
        "choices": [list(choice) for choice in field.choices],
    }


def _posted_button(button: Button) -> Json:
    return _button(button) | {"press": _press(button)}


def _carrying(buttons: Sequence[Button]) -> list[Json]:
    return [_button(button) | {"private": _press(button)} for button in buttons]


def _button(button: Button) -> Json:
    return {
        "label": button.label,
        "opens_form": button.opens_form,
        "primary": button.is_primary,
        "dangerous": button.is_dangerous,
        "confirm": button.confirm,
        **({"agree": button.agree} if button.agree else {}),
        "not_for": id_in_workspace(button.not_for),
        **({"url": button.url} if button.url else {}),
    }


def _press(button: Button) -> Json:
    return {
        "verb": button.verb,
        "ticket": button.ticket,
        "options": dict(button.options),
        "opens_form": button.opens_form,
    }


def rich_json(text: RichText) -> list[Any]:
    return [_span(span) for span in text]


def _span(span: Span) -> str | Json:
    match span:
        case str():
            return span
        case Bold():
            return {"t": "bold", "text": span.text}
        case Code():
            return {"t": "code", "text": span.text}
        case Quote():
            return {"t": "quote", "text": span.text}
        case Preformatted():
            return {"t": "lines", "text": span.text}
        case Moment():
            kind = "spoken" if span.words else "moment"
            return {"t": "moment", "at": instant(span.at), "kind": kind, "words": span.words}
        case Mention():
            return {"t": "mention", "id": id_in_workspace(span.key), "name": span.name}
        case MessageLink():
            return span.label if span.channel.platform != PLATFORM else {"t": "link", **_link(span)}
        case _:
            assert_never(span)


def _link(link: MessageLink) -> Json:
    """`channel` and `message` are None where the message is on another platform."""
    is_here = link.channel.platform == PLATFORM
    return {
        "label": link.label,
        "channel": link.channel.channel if is_here else None,
        "message": link.message_id if is_here else None,
    }
