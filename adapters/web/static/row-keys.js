/* The keyboard in a list of messages: one stop for Tab, arrows between messages, letters for what can be
   done with one. */

import { isTyping } from "./dom.js";

const ACTS = { Enter: "thread", e: "edit", Delete: "delete", t: "ticket" };

export class RowKeys {
  #list;
  #current = null;

  constructor(list) {
    this.#list = list;
    list.addEventListener("focusin", (event) => this.#moveTo(event.target.closest(".row")));
    list.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** After rows changed: exactly one row can be reached by Tab, the last one until somebody chose another. */
  refresh() {
    if (!this.#current?.isConnected) this.#moveTo(this.#rows().at(-1));
  }

  #moveTo(row) {
    if (!row || row === this.#current) return;
    if (this.#current) this.#setReachable(this.#current, false);
    this.#setReachable(row, true);
    this.#current = row;
  }

  #setReachable(row, isReachable) {
    row.tabIndex = isReachable ? 0 : -1;
    for (const tool of row.querySelectorAll(".tool")) tool.tabIndex = isReachable ? 0 : -1;
  }

  #onKey(event) {
    const row = event.target.closest(".row");
    if (!row || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = this.#rows();
    const here = rows.indexOf(row);
    const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      rows[Math.max(0, Math.min(rows.length - 1, target))].focus();
    } else if (event.target === row && ACTS[event.key]) {
      row.querySelector(`[data-act="${ACTS[event.key]}"]`)?.click();
      event.preventDefault();
    }
  }

  #rows() {
    return [...this.#list.querySelectorAll(".row")];
  }
}
