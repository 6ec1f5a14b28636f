/* A list of messages that changes in place: rows are kept, replaced or moved by their key, never redrawn as
   a whole, so scroll, focus, open menus and half-typed edits survive every live update. */

import { showBusy } from "./buttons-view.js";
import { h } from "./dom.js";
import { messageView, spokenBy } from "./message-view.js";
import { privateView } from "./private-view.js";
import { RowKeys } from "./row-keys.js";
import { RowList } from "./row-list.js";
import { goToEnd, isAtEnd, keepPlace } from "./scroll.js";
import { words } from "./words.js";

const GROUPED_WITHIN_MS = 5 * 60_000;

/** Rows of one place. `rootId` marks a thread's first message. `onScroll(isAtEnd)` tells where the reader is. */
export class Feed {
  element;
  #list = h("ol", { class: "feed__list" });
  #messages = new Map();
  #privates = [];
  #rows = new RowList(this.#list);
  #editing = new Set();
  #puts = new Map();
  #gone = new Set();
  #putCount = 0;
  #newFrom = null;
  #wasAtEnd = true;
  #context;
  #rootId;

  constructor({ context, label, rootId = null, onScroll = () => {} }) {
    this.#rootId = rootId;
    this.#context = {
      ...context,
      startEditing: (id) => this.#setEditing(id, true),
      stopEditing: (id) => this.#setEditing(id, false),
    };
    this.element = h(
      "div",
      {
        class: "feed",
        role: "log",
        "aria-label": label,
        "aria-live": "polite",
        "aria-relevant": "additions",
        tabindex: "-1",
        dataset: { testid: "feed" },
      },
      this.#list,
    );
    this.element.addEventListener("scroll", () => this.#scrolled(onScroll), { passive: true });
    // A composer that grows takes room from the list: somebody at its end stays there.
    new ResizeObserver(() => this.#wasAtEnd && goToEnd(this.element)).observe(this.element);
    this.keys = new RowKeys(this.#list);
  }

  get messages() {
    return [...this.#messages.values()];
  }

  get firstInView() {
    const top = this.element.getBoundingClientRect().top;
    return this.messages
      .map((message) => message.id)
      .sort((one, other) => Number(one) - Number(other))
      .find((id) => this.row(id)?.getBoundingClientRect().bottom > top);
  }

  get isAtEnd() {
    return isAtEnd(this.element);
  }

  /** Remember this moment before asking for a page, and hand it to `show`. */
  mark() {
    return this.#putCount;
  }

  /**
   * Show a page of messages, besides those already here when `isMore`. What was put since `mark` is newer
   * than the page and stays, and what went stays away. Screen readers are not read a whole page.
   */
  show(messages, { mark, isMore = false }) {
    const isNewer = (id) => (this.#puts.get(id) ?? 0) > mark;
    if (!isMore) for (const id of [...this.#messages.keys()]) if (!isNewer(id)) this.#messages.delete(id);
    for (const message of messages)
      if (!isNewer(message.id) && !this.#gone.has(message.id)) this.#messages.set(message.id, message);
    this.element.setAttribute("aria-busy", "true");
    this.update();
    requestAnimationFrame(() => this.element.setAttribute("aria-busy", "false"));
  }

  /** Add or replace one message. */
  put(message) {
    this.#putCount += 1;
    this.#puts.set(message.id, this.#putCount);
    this.#messages.set(message.id, message);
    this.update();
  }

  /**
   * Show what the server answered to a change made here, without undoing what is known since: the desk may have
   * removed a message before its author's page has the answer to sending it.
   */
  learn(message) {
    const known = this.#messages.get(message.id);
    if (this.#gone.has(message.id) || known?.deleted) return;
    const { text, edited, deleted } = message;
    this.put(known ? { ...known, text, edited, deleted } : message);
  }

  has(id) {
    return this.#messages.has(id);
  }

  get(id) {
    return this.#messages.get(id);
  }

  /** A message is gone for good: no id is given twice. */
  drop(id) {
    this.#gone.add(id);
    if (this.#messages.delete(id)) this.update();
  }

  /** Show a private reply under the message it is about, or where it was said: it stays there. */
  addPrivate(item) {
    if (this.#privates.includes(item)) return;
    if (item.after)
      this.#privates.filter((other) => other.after === item.after).forEach((older) => this.#dismiss(older));
    this.#privates.push(item);
    this.#privates.sort((one, other) => one.position - other.position);
    this.update();
    this.row(item.key)?.scrollIntoView({ block: "nearest" });
  }

  /** Draw one row anew although its message is the same. */
  redraw(id) {
    this.#rows.outdate(id);
    this.update();
  }

  /** The buttons of this row wait, or are ready again. It is not drawn anew, so nothing is read out twice. */
  showBusy(id) {
    const row = this.row(id);
    if (row) showBusy(row, this.#context.actions.isBusy(id));
  }

  row(id) {
    return this.#rows.element(id);
  }

  goToEnd() {
    goToEnd(this.element);
  }

  /** Draw a line above what others said from this message on; answers how many messages that are. */
  markNew(id) {
    this.#newFrom = Number(id);
    this.update();
    return this.messages.filter((message) => this.#isNew(message)).length;
  }

  /** Bring the line above what is new into view; answers whether there is one. */
  goToNew() {
    const line = this.row("new");
    line?.scrollIntoView({ block: "start" });
    this.#wasAtEnd = isAtEnd(this.element);
    return Boolean(line);
  }

  /** Bring a message into view and mark it for a moment. */
  highlight(id) {
    const element = this.row(id);
    if (!element) return false;
    element.scrollIntoView({ block: "center" });
    element.classList.remove("row--found");
    void element.offsetWidth; // restarts the animation when the same message is found twice
    element.classList.add("row--found");
    element.focus({ preventScroll: true });
    return true;
  }

  editLastOf(personId) {
    const mine = this.#sorted()
      .filter((message) => message.author.id === personId && !message.deleted)
      .at(-1);
    if (mine) this.#setEditing(mine.id, true);
  }

  update() {
    keepPlace(this.element, this.#list, () => this.#rows.become(this.#wantedRows()));
    this.keys.refresh();
  }

  #scrolled(onScroll) {
    this.#wasAtEnd = isAtEnd(this.element);
    onScroll(this.#wasAtEnd);
  }

  #wantedRows() {
    const rows = [];
    const privates = [...this.#privates];
    let day = null;
    let before = null;
    let hasNew = false;
    for (const message of this.#sorted()) {
      const isRoot = message.id === this.#rootId;
      while (privates.length && privates[0].position < Number(message.id)) {
        rows.push(this.#privateRow(privates.shift()));
        before = null;
      }
      const today = this.#context.calendar.day(message.at);
      if (today !== day) {
        rows.push(dividerRow(`day:${today}`, this.#context.calendar.dayName(message.at)));
        before = null;
      }
      day = today;
      if (!hasNew && this.#isNew(message)) {
        rows.push(newRow());
        before = null;
        hasNew = true;
      }
      rows.push(this.#messageRow(message, { isRoot, isFollowing: follows(before, message, this.#root) }));
      before = message;
      if (isRoot) {
        rows.push(dividerRow("replies", repliesLabel(this.#messages.size - 1)));
        before = null;
      }
    }
    return [...rows, ...privates.map((item) => this.#privateRow(item))];
  }

  #isNew(message) {
    const isMine = message.author.id === this.#context.session.person.id;
    return this.#newFrom !== null && Number(message.id) >= this.#newFrom && !isMine;
  }

  /** The first message of the thread that this shows; nothing in a channel. */
  get #root() {
    return this.#rootId === null ? undefined : this.#messages.get(this.#rootId);
  }

  #messageRow(message, { isRoot, isFollowing }) {
    const isEditing = this.#editing.has(message.id) && !message.deleted;
    const view = { root: this.#root, isRoot, isFollowing, isEditing, isInThread: this.#rootId !== null };
    const isFresh = this.#context.hasFreshReplies(message.id);
    const notes = this.#root?.content?.notes_label;
    const looks = [isFollowing && "following", isEditing && "editing", isFresh && "fresh", notes].join(" ");
    return { key: message.id, source: message, looks, draw: () => messageView(message, view, this.#context) };
  }

  #privateRow(item) {
    const dismiss = () => {
      this.#dismiss(item);
      this.update();
    };
    return { key: item.key, source: item, looks: "", draw: () => privateView(item, this.#context, dismiss) };
  }

  #dismiss(item) {
    this.#privates = this.#privates.filter((other) => other !== item);
    this.#context.forgetPrivate(item);
  }

  #setEditing(id, isEditing) {
    if (isEditing) this.#editing.add(id);
    else this.#editing.delete(id);
    this.update();
    if (!isEditing) this.row(id)?.focus({ preventScroll: true });
  }

  #sorted() {
    return [...this.#messages.values()].sort(
      (one, other) => Number(one.id) - Number(other.id) || one.at.localeCompare(other.at),
    );
  }
}

function follows(before, message, root) {
  if (!before || before.deleted || message.deleted) return false;
  if (before.content?.type === "card" || message.content?.type === "card") return false;
  const [first, second] = [spokenBy(before, root), spokenBy(message, root)];
  const isSame = first.name === second.name && first.label === second.label && first.isDesk === second.isDesk;
  return isSame && Date.parse(message.at) - Date.parse(before.at) < GROUPED_WITHIN_MS;
}

function dividerRow(key, label) {
  const draw = () => h("li", { class: "divider" }, h("span", {}, label));
  return { key, source: label, looks: label, draw };
}

function newRow() {
  const row = dividerRow("new", words("message.new"));
  const draw = () => {
    const line = row.draw();
    line.classList.add("divider--new");
    line.dataset.testid = "new-divider";
    return line;
  };
  return { ...row, draw };
}

function repliesLabel(count) {
  return count === 0 ? words("message.no_replies") : words("message.replies", { count });
}
