/* The banner that says when the live connection is lost, when it is tried again, and that it is back. */

import { fill, h } from "./dom.js";
import { announce } from "./toasts.js";
import { words } from "./words.js";

/** Short interruptions are not worth a banner. */
const PATIENCE_MS = 800;

export class ConnectionBanner {
  #root;
  #timer = null;

  constructor(root) {
    this.#root = root;
  }

  watch(session, signal) {
    this.#hide();
    session.addEventListener("down", () => this.#down(session), { signal });
    session.addEventListener("refused", () => this.#show(session, "connection.refused"), { signal });
    session.addEventListener(
      "up",
      ({ detail: again }) => {
        if (again && !this.#root.hidden) announce(words("connection.back"));
        this.#hide();
      },
      { signal },
    );
  }

  #down(session) {
    if (this.#timer || !this.#root.hidden) return;
    this.#timer = setTimeout(() => this.#show(session, "connection.lost"), PATIENCE_MS);
  }

  #show(session, why) {
    clearTimeout(this.#timer);
    this.#timer = null;
    fill(
      this.#root,
      h("span", {}, words(why)),
      h(
        "button",
        { type: "button", class: "quiet-button", on: { click: () => session.retryNow() } },
        words("connection.retry"),
      ),
    );
    this.#root.hidden = false;
  }

  #hide() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#root.hidden = true;
  }
}
