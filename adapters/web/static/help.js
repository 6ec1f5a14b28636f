/* The keys that work here, listed in a dialog, and the ones that work everywhere on the page. */

import { h, isTyping } from "./dom.js";
import { openDialog } from "./dialogs.js";
import { words } from "./words.js";

const KEYS = [
  [
    "keys.anywhere",
    [
      ["?", "keys.help"],
      ["c", "keys.write"],
      ["p", "keys.person"],
      ["Alt ↑ / Alt ↓", "keys.channels"],
      ["Esc", "keys.escape"],
    ],
  ],
  [
    "keys.writing",
    [
      ["/", "keys.commands"],
      ["Enter", "keys.send"],
      ["Shift Enter", "keys.line"],
      [{ words: "key.empty_box" }, "keys.edit_last"],
    ],
  ],
  [
    "keys.message",
    [
      ["↑ / ↓", "keys.messages"],
      ["Enter", "keys.thread"],
      ["t", "keys.ticket"],
      ["e", "keys.edit"],
      ["Delete", "keys.delete"],
    ],
  ],
];

export function showHelp() {
  const section = ([title, keys]) =>
    h(
      "section",
      { class: "keys" },
      h("h3", {}, words(title)),
      h(
        "dl",
        {},
        keys.map(([key, what]) =>
          h("div", {}, h("dt", {}, h("kbd", {}, key.words ? words(key.words) : key)), h("dd", {}, words(what))),
        ),
      ),
    );
  openDialog(
    { title: words("keys"), testid: "help", className: "dialog--wide" },
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
