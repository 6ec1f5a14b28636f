/* Who else is answering in a thread, said above the box in which one writes there. */

import { freshKey, h } from "./dom.js";
import { richText } from "./text-view.js";

const AGAIN_AFTER_MS = 60_000;

export class WritingNotice {
  element = h("div", { class: "composer__notice", role: "status", hidden: true, dataset: { testid: "who-writes" } });
  #session;
  #place;
  #toldAt = -AGAIN_AFTER_MS;

  constructor({ session, place }) {
    this.#session = session;
    this.#place = place;
  }

  /** Somebody types: the desk is told once a minute, and answers who else does. */
  async typed(text) {
    const isTalk = this.#place.thread && text.trim() && !text.startsWith("/");
    if (!isTalk || performance.now() - this.#toldAt < AGAIN_AFTER_MS) return;
    this.#toldAt = performance.now();
    try {
      const { notice } = await this.#session.api.post("/api/writing", { ...this.#place, client_key: freshKey() });
      this.#show(notice ?? []);
    } catch {
      this.#show([]); // what is written matters more than who else writes
    }
  }

  sent() {
    this.#toldAt = -AGAIN_AFTER_MS;
    this.#show([]);
  }

  #show(notice) {
    const context = { session: this.#session, calendar: this.#session.calendar };
    this.element.replaceChildren(notice.length ? richText(notice, context) : "");
    this.element.hidden = !notice.length;
  }
}
