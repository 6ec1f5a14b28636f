/* Words on the page: what people typed (with its links made clickable) and what the desk says in spans. */

import { h } from "./dom.js";
import { language as ownLanguage, words } from "./words.js";

const LINK = /\bhttps?:\/\/[^\s<>"'`\u0000-\u001f]+/giu;
const TRAILING = /[.,;:!?…)\]}»”’]+$/u;
const LONG_CHARACTERS = 1800;
const LONG_LINES = 24;

/** What a person wrote: newlines kept, http(s) links clickable, very long text folded. */
export function peopleText(text) {
  const body = h("div", { class: "text", dir: "auto" }, linked(text));
  if (text.length <= LONG_CHARACTERS && text.split("\n", LONG_LINES + 1).length <= LONG_LINES) return body;
  return folded(body, text.length);
}

/** The desk's own words. `context` knows the people, the calendar and where a link may lead; `language` is theirs. */
export function richText(spans, context, language = ownLanguage()) {
  return h(
    "div",
    { class: "text", dir: "auto" },
    spans.map((span) => spanElement(span, context, language)),
  );
}

/** An instant in the language of the sentence that it stands in. */
function momentIn(language, span, { calendar }) {
  const attributes = { lang: language, datetime: span.at, title: calendar.exact(span.at), class: "moment" };
  return h("bdi", {}, h("time", attributes, span.words));
}

/** The same as plain text, for announcements and labels. */
export function plainText(spans, context) {
  return spans
    .map((span) => {
      if (typeof span === "string") return span;
      if (span.t === "moment") return context.calendar[span.kind ?? "moment"](span.at);
      return span.text ?? span.name ?? span.label ?? "";
    })
    .join("");
}

/** A link to a message: it leads there if its channel is one of mine, and is plain text otherwise. */
export function messageLink({ label, channel, message }, { session, goTo }) {
  if (!session.channels.has(channel))
    return h("span", { class: "no-link", dir: "auto", title: words("text.no_link") }, label);
  const go = (event) => {
    event.preventDefault();
    goTo({ channel, message });
  };
  return h(
    "a",
    {
      href: `#/${encodeURIComponent(channel)}`,
      class: "message-link",
      dir: "auto",
      dataset: { focus: `link:${message}` },
      on: { click: go },
    },
    label,
  );
}

/** Each span is a direction of its own: a subject from right to left leaves the time beside it alone. */
function spanElement(span, context, language) {
  if (typeof span === "string") return h("bdi", {}, linked(span));
  switch (span.t) {
    case "bold":
      return h("strong", { dir: "auto" }, span.text);
    case "code":
      return h("code", { dir: "auto" }, span.text);
    case "lines":
      return h("pre", { dir: "ltr", tabindex: "0" }, span.text);
    case "quote":
      return h("blockquote", { dir: "auto" }, linked(span.text));
    case "moment":
      if (span.words && language !== ownLanguage()) return momentIn(language, span, context);
      return h("bdi", {}, context.calendar.element(span.kind ?? "moment", span.at, { class: "moment" }));
    case "mention": {
      const isMe = span.id === context.session.person.id;
      return h("span", { class: isMe ? "mention mention--me" : "mention", dir: "auto" }, `@${span.name}`);
    }
    case "link":
      return messageLink(span, context);
    default:
      return h("bdi", {}, span.text ?? "");
  }
}

function linked(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = withoutTrailing(match[0]);
    if (!isWebAddress(address)) continue;
    parts.push(text.slice(end, match.index));
    parts.push(
      h("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow", dir: "ltr" }, address),
    );
    end = match.index + address.length;
  }
  parts.push(text.slice(end));
  return parts;
}

/** A full stop or a closing bracket after an address belongs to the sentence, unless the address opened it. */
function withoutTrailing(address) {
  const bare = address.replace(TRAILING, "");
  const rest = address.slice(bare.length);
  return rest.startsWith(")") && bare.includes("(") ? `${bare})` : bare;
}

function isWebAddress(address) {
  try {
    return ["http:", "https:"].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

function folded(body, length) {
  body.classList.add("text--folded");
  const toggle = h("button", {
    type: "button",
    class: "quiet-button",
    "aria-expanded": "false",
    dataset: { focus: "fold" },
  });
  const label = (isOpen) =>
    isOpen ? words("text.show_less") : words("text.show_all", { count: length });
  toggle.textContent = label(false);
  toggle.addEventListener("click", () => {
    const isOpen = !body.classList.toggle("text--folded");
    toggle.textContent = label(isOpen);
    toggle.setAttribute("aria-expanded", String(isOpen));
  });
  return h("div", {}, body, toggle);
}
