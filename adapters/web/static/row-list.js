/* The rows of a list, kept by key: what looks the same stays the same element, everything else is drawn,
   swapped, moved or removed one by one. */

import { swapRow } from "./scroll.js";

export class RowList {
  #list;
  #rows = new Map();

  constructor(list) {
    this.#list = list;
  }

  /** The element of a row, if it is there. */
  element(key) {
    return this.#rows.get(key)?.element;
  }

  /** Draw this row anew next time although its source is the same. */
  outdate(key) {
    const row = this.#rows.get(key);
    if (row) row.source = null;
  }

  /**
   * Make the list these rows: `{key, source, looks, draw}`. A row is drawn again when its source or its
   * looks change; one that is being edited keeps what is typed, whatever its source has become.
   */
  become(wanted) {
    this.#removeAllBut(new Set(wanted.map((row) => row.key)));
    let previous = null;
    for (const row of wanted) {
      const element = this.#drawn(row);
      const next = previous ? previous.nextSibling : this.#list.firstChild;
      if (element !== next) this.#list.insertBefore(element, next);
      previous = element;
    }
  }

  #removeAllBut(keys) {
    for (const [key, { element }] of this.#rows) {
      if (keys.has(key)) continue;
      element.remove();
      this.#rows.delete(key);
    }
  }

  #drawn({ key, source, looks, draw }) {
    const known = this.#rows.get(key);
    const isSame = known?.looks === looks && (known.source === source || looks.includes("editing"));
    if (isSame) return known.element;
    const element = draw();
    element.dataset.key = key;
    if (known) swapRow(known.element, element);
    this.#rows.set(key, { element, source, looks });
    return element;
  }
}
