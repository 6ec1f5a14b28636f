/* A newer page, once the server has one: this one loads itself again while nobody is busy with it. What is typed in
   a composer, private replies and the place where one reads are there again; what could not be is waited for. */

import { fill, h } from "./dom.js";
import { words } from "./words.js";

const MEMORY = "deskbell:memory";
const LOADED = "deskbell:loaded";
const LOOK_EVERY_MS = 500;
const QUIET_MS = 4000;
const WRITING = ["composer", "thread-composer"];

/** A form, an edit, a file, a menu, or something under way: loading the page would lose it. */
const BUSY = [
  "dialog[open]",
  "form.edit",
  ".attachment",
  ".composer[aria-busy='true']",
  ".composer__problem:not([hidden])",
  "[aria-expanded='true']",
  "[data-testid='card-button'][aria-disabled='true']",
  "[data-testid='forward'][aria-disabled='true']",
].join();

export class NewVersion {
  #root;
  #remember;
  #session = null;
  #newest = null;
  #timer = null;
  #touchedAt = 0;

  /** `remember()` answers what the next page is to be told. */
  constructor({ root, remember }) {
    this.#root = root;
    this.#remember = remember;
    for (const type of ["keydown", "input", "pointerdown", "wheel"])
      window.addEventListener(type, () => (this.#touchedAt = performance.now()), { capture: true, passive: true });
  }

  watch(session, signal) {
    this.#session = session;
    session.addEventListener("version", ({ detail }) => this.#hear(detail), { signal });
  }

  #hear(version) {
    const isKnown = [document.documentElement.dataset.version, sessionStorage.getItem(LOADED)].includes(version);
    this.#newest = isKnown ? null : version;
    clearInterval(this.#timer);
    this.#root.hidden = true;
    if (isKnown) return;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#look();
  }

  #look() {
    if (document.querySelector(BUSY)) return this.#say();
    this.#root.hidden = true;
    const isQuiet = document.hidden || performance.now() - this.#touchedAt > QUIET_MS;
    return isQuiet && this.#session.isUp && this.#load();
  }

  #say() {
    if (!this.#root.hidden) return;
    fill(
      this.#root,
      h("span", {}, words("version.waits")),
      h("button", { type: "button", class: "quiet-button", on: { click: () => this.#load() } }, words("version.now")),
    );
    this.#root.hidden = false;
  }

  #load() {
    clearInterval(this.#timer);
    // Once for each version: where an older page is sent all the same, this one stays.
    sessionStorage.setItem(LOADED, this.#newest);
    keep({ ...this.#remember(), writing: writing() });
    location.reload();
  }
}

/** What the page before this one remembered of this person, once. */
export function takeMemory(person) {
  const memory = JSON.parse(sessionStorage.getItem(MEMORY) ?? "null");
  sessionStorage.removeItem(MEMORY);
  return memory?.person === person ? memory : null;
}

/** Put the cursor back where somebody was writing. */
export function writeOn({ testid, from, to }) {
  const field = document.querySelector(`[data-testid="${testid}"]`);
  field?.focus();
  field?.setSelectionRange(from, to);
}

function writing() {
  const field = document.activeElement;
  if (!WRITING.includes(field?.dataset?.testid)) return null;
  return { testid: field.dataset.testid, from: field.selectionStart, to: field.selectionEnd };
}

function keep(memory) {
  try {
    sessionStorage.setItem(MEMORY, JSON.stringify(memory));
  } catch {
    sessionStorage.removeItem(MEMORY); // there is no room: what was written is kept apart
  }
}
