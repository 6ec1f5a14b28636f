/* One message as a list item: who, when, what, and what can be done with it. */

import { h, icon, unseen } from "./dom.js";
import { avatar } from "./avatar.js";
import { buttonRow } from "./buttons-view.js";
import { cardView } from "./card-view.js";
import { editBox } from "./edit-box.js";
import { fileList } from "./files-view.js";
import { peopleText, plainText, richText } from "./text-view.js";
import { words } from "./words.js";

const MENTION = /(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{N}_][\p{L}\p{N}_.-]*)/gu;

/** `view` is `{root, isFollowing, isRoot, isEditing, isInThread}`, with the first message of its thread; `context` what the pane shares with its messages. */
export function messageView(message, view, context) {
  const said = spokenBy(message, view.root);
  const isToMe = mentions(message, context.session.person.id);
  const classes = [
    "row",
    "message",
    view.isFollowing && "message--following",
    isToMe && "message--mentions-me",
    said.className,
  ];
  const spoken = { name: said.name, time: context.calendar.time(said.at), text: summary(message, context) };
  return h(
    "li",
    {
      class: classes.filter(Boolean).join(" "),
      tabindex: "-1",
      // What is still being written changes every second: it is read out once it has ended.
      "aria-live": message.content?.passing && "off",
      dataset: { testid: "message", message: message.id, author: message.author.id },
      "aria-label": words(isToMe ? "message.spoken_to_you" : "message.spoken", spoken),
    },
    h(
      "div",
      { class: "message__side" },
      view.isFollowing
        ? context.calendar.element("time", said.at, { class: "message__small-time" })
        : avatar(said.name, { isDesk: said.isDesk }),
    ),
    h(
      "div",
      { class: "message__main" },
      !view.isFollowing && head(message, said, context),
      isToMe && unseen(words("message.mentions_you")),
      view.isEditing ? editBox(message, context) : body(message, context),
      !message.deleted && fileList(message.content?.files ?? message.files, context),
      !view.isInThread && threadButton(message, context),
    ),
    !message.deleted && !view.isEditing && toolbar(message, view, context),
  );
}

/** A copy speaks with the voice of the one it copies; everything else with its author's. `root` begins its thread. */
export function spokenBy(message, root) {
  const { content } = message;
  if (content?.type === "copy") {
    const className = content.is_note ? "message--note" : "message--copy";
    return {
      name: content.author,
      at: content.said_at,
      isDesk: false,
      isEdited: content.edited,
      label: content.label,
      isCopy: true,
      className,
    };
  }
  return {
    name: message.author.name,
    at: message.at,
    isDesk: message.author.is_desk,
    isEdited: message.edited && !message.deleted,
    label: isNote(message, root) ? root.content.notes_label : "",
    className: isNote(message, root) ? "message--note" : "",
  };
}

/** Whether it calls the reader: the desk's by whom it notifies, what somebody wrote by `@` and an id. */
function mentions({ author, content, deleted, text }, reader) {
  if (deleted || author.id === reader) return false;
  if (content) return Boolean(content.notifies?.includes(reader));
  return [...text.matchAll(MENTION)].some(([, name]) => name === reader);
}

/** What people write under a card, unless they speak to the desk, is a note where the card says so. */
function isNote(message, root) {
  const { author, content, deleted, text } = message;
  if (!root?.content?.notes_label || message.id === root.id || author.is_desk || content || deleted) return false;
  return !/^\s*@deskbell\b/i.test(text);
}

function head(message, said, { calendar }) {
  const isNote = said.className === "message--note";
  return h(
    "div",
    { class: "message__head" },
    h("span", { class: "message__author", dir: "auto" }, said.name),
    said.isDesk && h("span", { class: "badge" }, words("message.desk")),
    said.label &&
      h("span", { class: isNote ? "label label--note" : "label" }, isNote && icon("lock"), said.label),
    said.isCopy && !said.label && h("span", { class: "badge" }, words("message.copied")),
    calendar.element("time", said.at, { class: "message__time" }),
    said.isEdited && h("span", { class: "message__edited" }, words("message.edited")),
  );
}

function body(message, context) {
  if (message.deleted) return h("p", { class: "message__gone" }, words("message.was_deleted"));
  const { content } = message;
  switch (content?.type) {
    case "card":
      return cardView(content, context, deskButtons(message, context));
    case "notice":
      return notice(message, context);
    case "copy":
      return [content.quote ? quotation(content.quote) : null, content.text ? peopleText(content.text) : null];
    default:
      return message.text ? peopleText(message.text) : null;
  }
}

/** What a copy answers; posts of an older desk have none. */
function quotation(text) {
  return h("blockquote", { class: "message__quote", dir: "auto" }, text);
}

function notice(message, context) {
  const { content } = message;
  return h(
    "div",
    { class: `notice notice--${content.tone}`, dataset: { testid: "notice", tone: content.tone } },
    richText(content.text, context, content.language),
    buttonRow({
      buttons: content.buttons,
      menu: content.menu,
      menuLabel: content.menu_label || undefined,
      label: words("message.buttons"),
      ...deskButtons(message, context),
    }),
  );
}

function deskButtons(message, context) {
  return {
    reader: context.session.person.id,
    isBusy: () => context.actions.isBusy(message.id),
    press: (button, which) => context.actions.press({ message, button, which, place: context.place }),
  };
}

function threadButton(message, context) {
  if (!message.reply_count || message.thread) return null;
  const count = words("message.replies", { count: message.reply_count });
  const isFresh = context.hasFreshReplies(message.id);
  return h(
    "button",
    {
      type: "button",
      class: isFresh ? "replies replies--fresh" : "replies",
      dataset: { testid: "open-thread", focus: "replies" },
      on: { click: () => context.openThread(message.id) },
    },
    icon("thread"),
    h("strong", {}, count),
    isFresh && h("span", { class: "replies__new" }, words("message.new_replies")),
    message.last_reply_at &&
      h("span", { class: "replies__last" }, context.calendar.element("ago", message.last_reply_at)),
  );
}

function toolbar(message, view, context) {
  const isMine = message.author.id === context.session.person.id;
  const isHuman = !message.author.is_desk;
  const act = (name, label, picture, run) =>
    h(
      "button",
      {
        type: "button",
        class: "tool",
        title: label,
        "aria-label": label,
        tabindex: "-1",
        dataset: { act: name, testid: `message-${name}`, focus: `act:${name}` },
        on: { click: run },
      },
      icon(picture),
    );
  const tools = [
    !view.isInThread &&
      !message.thread &&
      act("thread", words("message.thread"), "thread", () => context.openThread(message.id, { isReplying: true })),
    isHuman &&
      act("ticket", words("message.ticket"), "ticket", () =>
        context.actions.makeTicket(message, context.place),
      ),
    isMine && act("edit", words("message.edit"), "edit", () => context.startEditing(message.id)),
    isMine && act("delete", words("message.delete"), "trash", () => context.actions.remove(message)),
  ].filter(Boolean);
  return tools.length
    ? h("div", { class: "message__tools", role: "group", "aria-label": words("message.tools") }, tools)
    : null;
}

function summary(message, context) {
  if (message.deleted) return words("message.deleted");
  const { content } = message;
  if (content?.type === "card")
    return words("message.card", content);
  if (content?.type === "notice") return plainText(content.text, context).slice(0, 200);
  const short = (content?.text ?? message.text).slice(0, 200);
  const text = content?.label ? words("message.labelled", { label: content.label, text: short }) : short;
  const hasFiles = (content?.files ?? message.files)?.length;
  return hasFiles ? words("message.with_files", { text }) : text;
}
