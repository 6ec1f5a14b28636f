/* A channel's name, what it is for, and what its composer asks. */

import { h, icon } from "./dom.js";

/** The bar on top; on narrow screens it has the button that opens the sidebar. */
export function channelHead({ name, topic, kind }, openSidebar) {
  const menu = h(
    "button",
    {
      type: "button",
      class: "icon-button pane__menu",
      "aria-label": "Channels and people",
      dataset: { testid: "open-sidebar" },
      on: { click: openSidebar },
    },
    icon("menu"),
  );
  const mark = kind === "direct" ? icon("bell") : h("span", { class: "hash", "aria-hidden": "true" }, "#");
  const title = h("h2", { class: "pane__title", dataset: { testid: "channel-title" } }, mark, name);
  const about = topic && h("p", { class: "pane__topic", dir: "auto" }, topic);
  return h("header", { class: "pane__head" }, menu, h("div", { class: "pane__titles" }, title, about));
}

/** Short enough for a phone, where it would be cut off. */
export function placeholderFor({ kind, group }) {
  if (kind === "direct") return "Write to the desk (/ for commands)";
  if (group === "Ask for help") return "What is wrong? (/ for commands)";
  return "Write here (/ for commands)";
}
