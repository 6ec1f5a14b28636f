/* A channel's name, what it is for, and what its composer asks. */

import { h, icon } from "./dom.js";
import { language, words } from "./words.js";

/** The bar on top; on narrow screens it has the button that opens the sidebar. */
export function channelHead(channel, openSidebar) {
  const { name, kind } = channel;
  const mark = kind === "direct" ? icon("bell") : h("span", { class: "hash", "aria-hidden": "true" }, "#");
  const title = h("h2", { class: "pane__title", dataset: { testid: "channel-title" } }, mark, name);
  const topic = topicOf(channel);
  const about = topic && h("p", { class: "pane__topic", dir: "auto" }, topic);
  return h("header", { class: "pane__head" }, menuButton(openSidebar), h("div", { class: "pane__titles" }, title, about));
}

/** What opens the sidebar on narrow screens. */
export function menuButton(openSidebar) {
  return h(
    "button",
    {
      type: "button",
      class: "icon-button pane__menu",
      "aria-label": words("channel.open_sidebar"),
      dataset: { testid: "open-sidebar" },
      on: { click: openSidebar },
    },
    icon("menu"),
  );
}

/** What the channel is for: as the desk's file says it, in the reader's language if it does, or in the page's words. */
export function topicOf({ kind, topic, topics, purpose, team }) {
  if (kind === "direct") return words("channel.direct_topic");
  return topics[language()] || topic || (purpose && words(`purpose.${purpose}`, { team }));
}

/** Short enough for a phone, where it would be cut off. */
export function placeholderFor({ kind, group }) {
  if (kind === "direct") return words("composer.direct");
  return words(group === "requests" ? "composer.requests" : "composer.other");
}
