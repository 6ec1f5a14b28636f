/* What the desk answered to one person alone, where there is no feed that it could stand in. */

import { showBusy } from "./buttons-view.js";
import { h } from "./dom.js";
import { privateView } from "./private-view.js";
import { RowList } from "./row-list.js";
import { words } from "./words.js";

export class PrivateReplies {
  #list = h("ol", { class: "home__replies-list" });
  element = h(
    "div",
    { class: "home__replies", role: "log", "aria-label": words("private.only_you"), hidden: true },
    this.#list,
    h(
      "button",
      { type: "button", class: "quiet-button home__all", on: { click: () => this.#openAll() } },
      words("home.open_direct"),
    ),
  );
  #rows = new RowList(this.#list);
  #items;
  #context;
  #openAll;

  /** Of `items`, those that were shown before, the newest is shown; `openAll` leads to where all of them are. */
  constructor({ context, items, openAll }) {
    this.#openAll = openAll;
    this.#context = context;
    this.#items = [...items].slice(-1);
    this.#update();
  }

  /** The newest takes the place of the one before: the older stay where the person can read them all. */
  add(item) {
    this.#items = [item];
    this.#update();
    this.element.scrollTop = 0;
  }

  redraw(key) {
    this.#rows.outdate(key);
    this.#update();
  }

  showBusy(id) {
    const row = this.#rows.element(id);
    if (row) showBusy(row, this.#context.actions.isBusy(id));
  }

  #update() {
    this.element.hidden = this.#items.length === 0;
    this.#rows.become(
      this.#items.map((item) => ({
        key: item.key,
        source: item,
        looks: "",
        draw: () => privateView(item, this.#context, () => this.#dismiss(item)),
      })),
    );
  }

  #dismiss(item) {
    this.#items = this.#items.filter((other) => other !== item);
    this.#context.forgetPrivate(item);
    this.#update();
  }
}
