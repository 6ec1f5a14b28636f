/* Short sentences: `toast` shows one for a while, `announce` says one to screen readers only. */

import { h, icon } from "./dom.js";
import { words } from "./words.js";

const SHOWN_MS = 8000;

export function toast(sentence, { isError = false } = {}) {
  const close = () => element.remove();
  const element = h(
    "div",
    {
      class: isError ? "toast toast--error" : "toast",
      role: isError ? "alert" : "status",
      dataset: { testid: "toast" },
    },
    h("span", { dir: "auto" }, sentence),
    h(
      "button",
      {
        type: "button",
        class: "icon-button icon-button--small",
        "aria-label": words("dismiss"),
        on: { click: close },
      },
      icon("close"),
    ),
  );
  document.getElementById("toasts").append(element);
  setTimeout(close, SHOWN_MS);
}

export function announce(sentence) {
  document.getElementById("announcer").textContent = sentence;
}
