/* A person's home page, as the desk draws it: what they lead, work on and asked. It stays true while it is open.
   What its buttons answer is shown below it and in their direct messages, for the page itself takes no words. */

import { buttonRow, showBusy } from "./buttons-view.js";
import { menuButton } from "./channel-head.js";
import { fill, freshKey, h, icon } from "./dom.js";
import { PrivateReplies } from "./private-replies.js";
import { HOME } from "./router.js";
import { richText } from "./text-view.js";
import { words } from "./words.js";

const REFERENCE = /^[A-Z][A-Z0-9]*-\d+$/u;
const ASK_AFTER_MS = 400;
const ASK_EVERY_MS = 20 * 60_000;

export class HomePane {
  id = HOME;
  feed;
  #shared;
  #session;
  #body = h("div", {
    class: "home",
    role: "region",
    "aria-label": words("home"),
    tabindex: "-1",
    dataset: { testid: "home" },
  });
  #home = null;
  #asking = null;
  #ended = new AbortController();

  /** `place` is where the buttons are pressed: this person's direct messages. */
  constructor({ root, shared, place, privates }) {
    this.root = root;
    this.place = place;
    this.#shared = { ...shared, place };
    this.#session = shared.session;
    const replies = new PrivateReplies({
      context: this.#shared,
      items: privates,
      openAll: () => shared.goTo(place),
    });
    this.feed = {
      element: replies.element,
      addPrivate: (item) => replies.add(item),
      redraw: (key) => replies.redraw(key),
      showBusy: (id) => this.#showBusy(id) || replies.showBusy(id),
      row: (id) => this.#rowOf(id),
      update: () => null,
    };
    root.setAttribute("aria-label", words("home"));
    root.replaceChildren(this.#head(shared.openSidebar), this.#body, replies.element);
    const { signal } = this.#ended;
    this.#session.addEventListener("home", ({ detail }) => this.#show(detail), { signal });
    this.#session.addEventListener("up", () => this.#ask(), { signal });
    this.#session.addEventListener("clock", () => this.#askSoon(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.#ask(), { signal });
    const asks = setInterval(() => document.hidden || this.#ask(), ASK_EVERY_MS);
    signal.addEventListener("abort", () => [asks, this.#asking].forEach(clearTimeout));
  }

  async load() {
    if (!this.#home) fill(this.#body, h("p", { class: "home__nothing", role: "status" }, words("loading")));
    if (this.#session.isUp) await this.#ask();
  }

  reload() {}

  close() {
    this.#ended.abort();
  }

  focus() {
    (this.#body.querySelector("button, a[href]") ?? this.#body).focus();
  }

  shows({ channel, thread }) {
    return channel === this.place.channel && thread === null;
  }

  /** A card or thread that has just been made is what a number without a link was waiting for. */
  onMessage({ thread }) {
    if (thread === null && this.#home?.sections.some(({ lines }) => lines.some(isUnlinked))) this.#askSoon();
  }

  onLearned() {}

  onGone() {}

  #head(openSidebar) {
    const title = h("h2", { class: "pane__title", dataset: { testid: "channel-title" } }, icon("home"), words("home"));
    const about = h("p", { class: "pane__topic", dir: "auto" }, words("home.topic"));
    return h("header", { class: "pane__head" }, menuButton(openSidebar), h("div", { class: "pane__titles" }, title, about));
  }

  /** The desk draws it now, and after changes for a while; it arrives over the live connection. */
  async #ask() {
    try {
      await this.#session.api.post("/api/home", { client_key: freshKey() });
    } catch (error) {
      if (this.#ended.signal.aborted || this.#home) return;
      const again = h(
        "button",
        { type: "button", class: "quiet-button", on: { click: () => this.load() } },
        words("try_again"),
      );
      fill(this.#body, h("p", { class: "home__nothing", role: "alert" }, error.message, " ", again));
    }
  }

  #askSoon() {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => this.#ask(), ASK_AFTER_MS);
  }

  #show(home) {
    const focused = this.#body.contains(document.activeElement) ? nameOf(document.activeElement) : null;
    const scrolled = this.#body.scrollTop;
    this.#home = home;
    fill(
      this.#body,
      h("p", { class: "home__desk" }, home.title),
      this.#buttons("home", home.buttons, home.title),
      home.sections.map((section) => this.#section(section)),
    );
    this.#body.scrollTop = scrolled;
    const before = focused && [...this.#body.querySelectorAll("[data-focus]")].find((each) => nameOf(each) === focused);
    if (focused) (before ?? this.#body).focus({ preventScroll: true });
  }

  #section({ title, lines, nothing, more }) {
    return h(
      "section",
      { class: "home__section", dataset: { testid: "home-section" } },
      h("h3", { class: "home__title" }, title),
      lines.length > 0 && h("ul", { class: "home__lines" }, lines.map((line) => this.#line(title, line))),
      nothing && h("p", { class: "home__nothing" }, nothing),
      more && h("p", { class: "home__nothing" }, more),
    );
  }

  #line(title, { text, tone, buttons }) {
    const key = `${title} ${text.map((span) => span.text ?? span.label ?? "").join("")}`;
    return h(
      "li",
      { class: `home__line home__line--${tone}`, dataset: { testid: "home-line", tone, line: key } },
      richText(text, this.#shared, this.#home.language),
      this.#buttons(key, buttons, key),
    );
  }

  #buttons(key, buttons, label) {
    const row = buttonRow({
      buttons,
      label,
      isBusy: () => this.#shared.actions.isBusy(key),
      press: (button) => this.#shared.actions.pressCarried({ id: key, button, place: this.place }),
    });
    if (row) row.dataset.press = key;
    return row;
  }

  #rowOf(key) {
    return [...this.#body.querySelectorAll("[data-press]")].find((row) => row.dataset.press === key);
  }

  #showBusy(id) {
    const row = this.#rowOf(id);
    if (row) showBusy(row, this.#shared.actions.isBusy(id));
    return Boolean(row);
  }
}

function isUnlinked({ text: [first] }) {
  return first?.t === "bold" && REFERENCE.test(first.text);
}

/** What has the focus, so that it has it again once everything is drawn anew. */
function nameOf(element) {
  return JSON.stringify([element.closest("[data-line]")?.dataset.line ?? "", element.dataset.focus ?? ""]);
}
