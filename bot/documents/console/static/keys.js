/* Single keys, as long as nothing is being typed. Whoever does not want them turns them off in the list of keys. */
import { ask, newKey } from "./ask.js";
import { isOpen, show } from "./dialog.js";
import { open as openDeed } from "./deeds.js";
import { chosen, close as closePanel, isOpen as isBeside, open as openTicket, settled } from "./panel.js";
import { show as showPalette } from "./palette.js";
import { focused, move, pick } from "./table.js";
import { article } from "./ticket.js";
import { tellHtml } from "./words.js";

const OFF = "console:keys-off";
const PAUSE_MS = 700;
let isGoing = false;
let isResting = false;
let pressedAt = -PAUSE_MS;

export function begin() {
  document.addEventListener("keydown", rest, true);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      onChosen(showPalette, { isNeeded: false });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isOpen() || isTyping(event.target)) {
      if (event.key === "Escape" && !isOpen() && isTyping(event.target)) event.target.blur();
      return;
    }
    if (event.key === "Escape") {
      closePanel();
      return;
    }
    if (isResting || (isOff() && event.key !== "?")) return;
    if (isGoing) {
      isGoing = false;
      go(event);
      return;
    }
    const act = KEYS[event.key];
    if (!act) return;
    if (act(event) !== false) event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    if (event.target.id !== "keys-on") return;
    try {
      if (event.target.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "yes");
    } catch {
      return;
    }
  });
  document.getElementById("show-keys")?.addEventListener("click", help);
  document.getElementById("show-palette")?.addEventListener("click", () => onChosen(showPalette, { isNeeded: false }));
}

/* There is one: what stands beside the table, else the row that is marked, else the page's. */
function inFocus() {
  return chosen() || (focused()?.dataset.reference ?? article()?.dataset.ticket ?? "");
}

/* Acts on the ticket in focus once it is shown; on none where that fails, or somebody has gone on meanwhile. */
async function onChosen(act, { isNeeded = true } = {}) {
  const reference = inFocus();
  await settled();
  if (inFocus() === reference && (reference || !isNeeded)) act(reference);
}

function step(by) {
  const row = move(by);
  if (row && isBeside()) openTicket(row.dataset.reference, { isFollowing: true });
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  x: () => pick(),
  "/": () => document.getElementById("q")?.focus(),
  "?": () => help(),
  g: () => {
    isGoing = true;
  },
  Enter: (event) => {
    const row = event.target.closest?.("tr") ?? (event.target === document.body ? focused() : null);
    if (!row?.dataset.reference || event.target.closest("input, button")) return false;
    openTicket(row.dataset.reference);
    return true;
  },
  c: () => onChosen((ticket) => press("desk claim", ticket)),
  e: () => onChosen((ticket) => openDeed(addressOf("desk resolve", ticket))),
  r: () => onChosen((ticket) => write("reply-text", ticket)),
  n: () => onChosen((ticket) => write("note-text", ticket)),
};

/* After a dialog that a key sent off, keys rest until a pause: somebody may still be typing what was meant for it. */
function rest(event) {
  const isPause = event.timeStamp - pressedAt >= PAUSE_MS;
  pressedAt = event.timeStamp;
  if (isOpen()) isResting = event.key !== "Escape";
  else if (isPause) isResting = false;
}

function write(field, reference) {
  const box = document.getElementById(field);
  if (box && article()?.dataset.ticket === reference) box.focus();
  else openTicket(reference, { field });
}

async function press(verb, reference) {
  const given = new FormData();
  given.append("key", newKey());
  const answer = await ask(`${addressOf(verb, reference)}&pressed=1`, given);
  if (answer?.part) show(answer.part);
  if (answer?.said !== undefined) tellHtml(answer.said);
  document.dispatchEvent(new CustomEvent("desk:done", { detail: {} }));
}

function addressOf(verb, ticket) {
  const back = location.pathname + location.search;
  return `/console/do?${new URLSearchParams({ verb, ticket, back })}`;
}

function go(event) {
  const links = [...document.querySelectorAll(".sections a")];
  const to = links.find((each) => each.pathname.split("/").pop().startsWith(event.key));
  if (to) location.assign(to.href);
}

function help() {
  show(document.getElementById("keys").innerHTML);
  document.getElementById("keys-on").checked = !isOff();
}

function isOff() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}

function isTyping(target) {
  return Boolean(target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]"));
}
