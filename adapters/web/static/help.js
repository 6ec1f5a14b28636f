/* The keys that work here, listed in a dialog, and the ones that work everywhere on the page. */

import { h, isTyping } from "./dom.js";
import { openDialog } from "./dialogs.js";

const KEYS = [
  [
    "Anywhere",
    [
      ["?", "this list"],
      ["c", "write a message"],
      ["p", "become somebody else"],
      ["Alt ↑ / Alt ↓", "previous or next channel"],
      ["Esc", "close the thread, a menu or a form"],
    ],
  ],
  [
    "Writing",
    [
      ["/", "commands; Tab or Enter completes"],
      ["Enter", "send"],
      ["Shift Enter", "new line"],
      ["↑ in an empty box", "edit your last message"],
    ],
  ],
  [
    "On a message",
    [
      ["↑ / ↓", "previous or next message"],
      ["Enter", "open its thread"],
      ["t", "make it a ticket"],
      ["e", "edit it, if it is yours"],
      ["Delete", "delete it, if it is yours"],
    ],
  ],
];

export function showHelp() {
  const section = ([title, keys]) =>
    h(
      "section",
      { class: "keys" },
      h("h3", {}, title),
      h(
        "dl",
        {},
        keys.map(([key, what]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, what))),
      ),
    );
  openDialog(
    { title: "Keyboard", testid: "help", className: "dialog--wide" },
    h("div", { class: "keys__columns" }, KEYS.map(section)),
  );
}

/** Page-wide shortcuts; single letters only while nobody is typing and no dialog is open. */
export function listenForShortcuts({ write, switchPerson, goToNeighbour }) {
  document.addEventListener("keydown", (event) => {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      goToNeighbour(event.key === "ArrowDown" ? 1 : -1);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || document.querySelector("dialog[open], [popover]:popover-open")) return;
    const run = { "?": showHelp, c: write, p: switchPerson }[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  });
}
