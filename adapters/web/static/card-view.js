/* A ticket's card, drawn like a paper ticket: a stub with its number and state, a perforation, the request. */

import { h, icon, unseen } from "./dom.js";
import { buttonRow } from "./buttons-view.js";
import { messageLink, richText } from "./text-view.js";
import { say, words } from "./words.js";

export function cardView(card, context, { isBusy, press, reader }) {
  return h(
    "article",
    {
      class: `card card--${card.tone}`,
      "aria-label": words("card.ticket", { reference: card.reference, subject: card.subject }),
      dataset: { testid: "card", reference: card.reference },
    },
    stub(card, context),
    h(
      "div",
      { class: "card__body" },
      h("h3", { class: "card__subject", dir: "auto" }, card.subject),
      excerpt(card),
      people(card),
      answers(card),
      dues(card, context),
      tags(card),
      card.mentions?.length > 0 && h("div", { class: "card__mentions" }, richText(card.mentions, context)),
      h(
        "div",
        { class: "card__foot" },
        buttonRow({ buttons: card.buttons, menu: card.menu, isBusy, press, reader, label: card.reference }),
        card.source && h("span", { class: "card__source" }, messageLink(card.source, context)),
      ),
      card.why_here &&
        h(
          "p",
          { class: "card__why", dir: "auto" },
          h("span", { class: "card__why-label" }, words("card.why_here")),
          withCode(card.why_here),
        ),
    ),
  );
}

function stub(card, { calendar }) {
  return h(
    "header",
    { class: "card__stub" },
    h("span", { class: "card__reference" }, card.reference),
    h(
      "span",
      { class: `pill pill--${(card.state ?? "open").replace("_", "-")}`, dataset: { testid: "status" } },
      unseen(`${words("card.status")} `),
      card.status,
    ),
    h(
      "span",
      { class: `priority priority--${card.level}`, dataset: { testid: "priority" } },
      card.priority,
      unseen(` ${words("card.priority")}`),
    ),
    card.is_private && h("span", { class: "card__private" }, icon("lock"), words("card.private")),
    h(
      "span",
      { class: "card__opened" },
      say("card.opened", { ago: calendar.element("ago", card.opened_at) }),
    ),
  );
}

/** Names in `backticks` as code. */
function withCode(text) {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? h("code", { dir: "auto" }, part) : part));
}

/** The request below its subject; a first line that is the subject is not said twice. */
function excerpt({ subject, excerpt: text }) {
  const rest = text.startsWith(subject) ? text.slice(subject.length) : text;
  const shown = /^\s*$|^\s*\n/.test(rest) ? rest.trim() : text;
  return shown && h("p", { class: "card__excerpt", dir: "auto" }, shown);
}

function people(card) {
  const pair = (term, value, extra) =>
    h("div", {}, h("dt", {}, term), h("dd", { dir: "auto", ...extra }, value));
  return h(
    "dl",
    { class: "card__people" },
    pair(words("card.requester"), card.requester),
    pair(words("card.assignee"), card.assignee ?? words("card.unassigned"), {
      class: card.assignee ? null : "nobody",
      dataset: { testid: "assignee" },
    }),
    pair(words("card.team"), card.team),
  );
}

/** What the form was answered; the category first. */
function answers(card) {
  if (!card.answers?.length) return null;
  return h(
    "dl",
    { class: "card__people", dataset: { testid: "answers" } },
    card.answers.map(({ label, answer }) =>
      h("div", {}, h("dt", { dir: "auto" }, label), h("dd", { dir: "auto" }, answer)),
    ),
  );
}

function dues(card, { calendar }) {
  if (!card.dues?.length) return null;
  return h(
    "ul",
    { class: "dues", "aria-label": words("card.targets") },
    card.dues.map((due) =>
      h(
        "li",
        { class: `due due--${due.stage}`, dataset: { testid: "due", stage: due.stage } },
        h("span", { class: "due__label" }, due.label),
        due.at &&
          h("span", { class: "due__by" }, say("card.due", { at: calendar.element("moment", due.at) })),
        due.at && h("span", { class: "due__left" }, calendar.element("left", due.at)),
        due.note && h("span", { class: "due__note" }, due.note),
      ),
    ),
  );
}

function tags(card) {
  if (!card.tags?.length) return null;
  return h(
    "ul",
    { class: "tags", "aria-label": words("card.tags") },
    card.tags.map((tag) => h("li", { class: "tag", dir: "auto" }, tag)),
  );
}
