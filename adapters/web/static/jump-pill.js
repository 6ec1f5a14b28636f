/* The pill over a list whose end is out of sight: how much arrived there, and the way to it. */

import { h, icon } from "./dom.js";
import { words } from "./words.js";

export class JumpPill {
  element;
  #feed;
  #missed = 0;

  constructor(feed) {
    this.#feed = feed;
    this.element = h("button", {
      type: "button",
      class: "jump",
      hidden: true,
      dataset: { testid: "jump" },
      on: { click: () => feed.goToEnd() },
    });
  }

  /** So many messages of others are below what is in sight. */
  add(count) {
    this.#missed += count;
    this.draw();
  }

  draw() {
    const { isAtEnd } = this.#feed;
    if (isAtEnd) this.#missed = 0;
    this.element.hidden = isAtEnd;
    this.element.replaceChildren(icon("down"), this.#missed ? words("jump.new", { count: this.#missed }) : words("jump.newest"));
  }
}
