/* The right of the page: one thread, its first message on top, and its own composer. */

import { acceptDroppedFiles } from "./drop.js";
import { Composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { Feed } from "./feed.js";
import { JumpPill } from "./jump-pill.js";
import { words } from "./words.js";

export class ThreadPane {
  feed;
  #channelId;
  #shared;
  #privates;
  #session;
  #composer;
  #problem = h("div", { class: "feed__status" });
  #title = h("h2", { class: "pane__title" }, words("thread.title"));
  #ended = new AbortController();
  #jump;

  constructor({ root, channel, id, shared, privates }) {
    this.root = root;
    this.id = id;
    this.#channelId = channel;
    this.#shared = shared;
    this.#privates = privates;
    this.#session = shared.session;
    const place = { channel, thread: id };
    this.feed = new Feed({
      context: { ...shared, place },
      label: words("thread.messages"),
      rootId: id,
      onScroll: () => this.#jump.draw(),
    });
    this.#jump = new JumpPill(this.feed);
    this.feed.element.prepend(this.#problem);
    this.#composer = new Composer({
      session: this.#session,
      place,
      prefix: "thread-",
      label: words("thread.reply"),
      placeholder: words("thread.reply"),
      handlers: {
        onSent: (message) => {
          this.#session.learn(message);
          this.feed.goToEnd();
        },
        onReply: (reply) => {
          shared.actions.show(reply, place);
          this.feed.goToEnd();
        },
        onEditLast: () => this.feed.editLastOf(this.#session.person.id),
      },
    });
    this.#draw();
    acceptDroppedFiles(root, (files) => this.#composer.addFiles(files), this.#ended.signal);
    root.addEventListener("keydown", (event) => this.#onKey(event), { signal: this.#ended.signal });
  }

  /** `news` is the first message that was not read yet. */
  async load({ isReplying = false, news = null } = {}) {
    const loaded = await this.reload();
    if (!loaded) return;
    this.feed.goToEnd();
    if (news) this.goToNews(news);
    // Who only opened the channel may be about to write there.
    if (isReplying || (!news && window.matchMedia("(hover: hover)").matches)) this.focus();
  }

  goToNews({ id }) {
    const count = this.feed.markNew(id);
    this.feed.goToNew();
    if (!this.feed.isAtEnd) this.#jump.add(count);
  }

  /** Fetch the thread and show it in place; answers whether that worked. */
  async reload() {
    try {
      const path = `/api/threads/${encodeURIComponent(this.#channelId)}/${encodeURIComponent(this.id)}`;
      const mark = this.feed.mark();
      const { root, replies } = await this.#session.api.get(path);
      if (this.#ended.signal.aborted) return false;
      this.#problem.replaceChildren();
      this.feed.show([root, ...replies], { mark });
      this.#privates.forEach((item) => this.feed.addPrivate(item));
      this.#drawTitle(root);
      const last = replies.at(-1)?.id;
      if (last) this.#session.markRead(this.#channelId, last, this.id);
      return true;
    } catch (error) {
      this.#problem.replaceChildren(
        error.message,
        " ",
        h(
          "button",
          { type: "button", class: "quiet-button", on: { click: () => this.load() } },
          words("try_again"),
        ),
      );
      return false;
    }
  }

  close() {
    this.#ended.abort();
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  focus() {
    this.#composer.focus();
  }

  shows({ channel, thread }) {
    return channel === this.#channelId && thread === this.id;
  }

  onMessage(message) {
    if (message.channel !== this.#channelId) return;
    if (message.thread !== this.id && message.id !== this.id) return;
    const isMissed = !this.feed.has(message.id) && !this.feed.isAtEnd;
    this.feed.put(message);
    this.#jump.add(isMissed && message.author.id !== this.#session.person.id ? 1 : 0);
    if (message.id === this.id) this.#drawTitle(message);
    else if (document.visibilityState === "visible") this.#session.markRead(this.#channelId, message.id, this.id);
  }

  onLearned(message) {
    if (message.channel === this.#channelId && (message.thread === this.id || message.id === this.id))
      this.feed.learn(message);
  }

  onGone({ channel, id }) {
    if (channel !== this.#channelId) return;
    if (id === this.id) this.#shared.closeThread();
    else this.feed.drop(id);
  }

  #draw() {
    const close = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": words("thread.close"),
        dataset: { testid: "close-thread" },
        on: { click: () => this.#shared.closeThread() },
      },
      icon("close"),
    );
    const channel = this.#session.channels.get(this.#channelId);
    this.root.replaceChildren(
      h(
        "header",
        { class: "pane__head" },
        h(
          "div",
          { class: "pane__titles" },
          this.#title,
          h(
            "p",
            { class: "pane__topic" },
            channel.kind === "direct" ? words("thread.direct") : words("thread.channel", { channel: channel.name }),
          ),
        ),
        close,
      ),
      this.feed.element,
      this.#jump.element,
      this.#composer.element,
    );
    this.root.hidden = false;
    this.#composer.fit();
  }

  #drawTitle(root) {
    const { content } = root;
    if (content?.type !== "card") return;
    this.#title.textContent = words("thread.team_side", { reference: content.reference });
    this.#composer.ask(content.thread_says || words("thread.write"));
  }

  #onKey(event) {
    if (event.key === "Escape" && !event.defaultPrevented) this.#shared.closeThread();
  }
}
