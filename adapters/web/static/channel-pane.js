/* The middle of the page: one channel's messages, older ones as one scrolls up, and the composer. */

import { channelPath } from "./api.js";
import { channelHead, placeholderFor } from "./channel-head.js";
import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { channelEmptiness } from "./empty-states.js";
import { Feed } from "./feed.js";
import { JumpPill } from "./jump-pill.js";
import { privateRequest } from "./private-request.js";
import { acceptDroppedFiles } from "./drop.js";
import { toast } from "./toasts.js";
import { words } from "./words.js";

const PAGE = 50;
const LOAD_OLDER_PX = 240;
const MOST_PAGES_TO_SEARCH = 20;
const READ_AFTER_MS = 400;

export class ChannelPane {
  feed;
  #shared;
  #privates;
  #session;
  #composer;
  #status = h("div", { class: "feed__status" });
  #jump;
  #news;
  #hasMore = false;
  #isLoading = false;
  #lastSeen = null;
  #readTimer = null;
  #ended = new AbortController();

  /** `news` is what the person has not read yet: `{id, thread}` of the first message, if any. */
  constructor({ root, id, shared, privates, news = null }) {
    this.root = root;
    this.id = id;
    this.#news = news;
    this.#shared = shared;
    this.#privates = privates;
    this.#session = shared.session;
    const place = { channel: id, thread: null };
    this.place = place;
    this.feed = new Feed({
      context: { ...shared, place },
      label: words("channel.messages", { channel: this.#channel.name }),
      onScroll: (isAtEnd) => this.#onScroll(isAtEnd),
    });
    this.feed.element.prepend(this.#status);
    this.#jump = new JumpPill(this.feed);
    this.#composer = new Composer({
      session: this.#session,
      place,
      label: words("channel.write", { channel: this.#channel.name }),
      placeholder: placeholderFor(this.#channel),
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
    if (!this.#channel.is_form_only)
      acceptDroppedFiles(root, (files) => this.#composer.addFiles(files), this.#ended.signal);
    document.addEventListener("visibilitychange", () => this.#readSoon(), { signal: this.#ended.signal });
  }

  get #channel() {
    return this.#session.channels.get(this.id);
  }

  async load() {
    this.#status.textContent = words("loading");
    try {
      const mark = this.feed.mark();
      const { messages, has_more } = await this.#page();
      if (this.#ended.signal.aborted) return;
      this.#hasMore = has_more;
      this.feed.show(messages, { mark });
      this.#privates.forEach((item) => this.feed.addPrivate(item));
      this.feed.goToEnd();
      if (this.#news) await this.goToNews(this.#news);
      this.#readSoon();
    } catch (error) {
      this.#status.replaceChildren(
        error.message,
        " ",
        h(
          "button",
          { type: "button", class: "quiet-button", on: { click: () => this.load() } },
          words("try_again"),
        ),
      );
      return;
    }
    this.#drawStatus();
  }

  /** After the connection was lost: what was missed, in place. Pages scrolled in earlier are let go. */
  async reload() {
    const mark = this.feed.mark();
    const { messages, has_more } = await this.#page().catch(() => ({}));
    if (!messages || this.#ended.signal.aborted) return;
    this.#hasMore = has_more;
    this.feed.show(messages, { mark });
    this.#drawStatus();
  }

  /** Bring the first message that was not read into view, or the one whose thread it is in. */
  async goToNews({ id, thread }) {
    await this.#loadUpTo(thread ?? id);
    const count = this.feed.markNew(id);
    if (thread) this.feed.row(thread)?.scrollIntoView({ block: "center" });
    else this.feed.goToNew();
    if (!this.feed.isAtEnd) this.#jump.add(count);
  }

  /** The first message that is in view, while the reader is not at the end of the list. */
  get top() {
    return this.feed.isAtEnd ? null : this.feed.firstInView;
  }

  /** Bring that message to the top again. */
  async goBackTo(id) {
    await this.#loadUpTo(id);
    this.feed.row(id)?.scrollIntoView({ block: "start" });
  }

  close() {
    clearTimeout(this.#readTimer);
    this.#ended.abort();
  }

  focus() {
    this.#composer.focus();
  }

  shows({ channel, thread }) {
    return channel === this.id && thread === null;
  }

  onMessage(message) {
    if (message.channel !== this.id) return;
    this.#lastSeen = later(this.#lastSeen, message.id);
    if (message.thread === null) {
      const isNew = !this.feed.has(message.id);
      const wasAtEnd = this.feed.isAtEnd;
      this.feed.put(message);
      const isMissed = isNew && !wasAtEnd && message.author.id !== this.#session.person.id;
      this.#jump.add(isMissed ? 1 : 0);
      this.#drawStatus();
    }
    this.#readSoon();
  }

  onLearned(message) {
    if (message.channel !== this.id || message.thread !== null) return;
    this.feed.learn(message);
    this.#drawStatus();
  }

  onGone({ channel, id }) {
    if (channel !== this.id) return;
    this.feed.drop(id);
    this.#drawStatus();
  }

  /** Bring a message of this channel into view, looking through older pages if need be. */
  async find(id) {
    await this.#loadUpTo(id);
    if (!this.feed.highlight(id)) return toast(words("message_gone"));
    if (this.feed.get(id).reply_count) this.#shared.openThread(id);
    return undefined;
  }

  #draw() {
    this.root.setAttribute("aria-label", words("channel.named", { channel: this.#channel.name }));
    this.root.replaceChildren(
      channelHead(this.#channel, this.#shared.openSidebar),
      this.feed.element,
      this.#jump.element,
      this.#channel.is_form_only ? privateRequest(this.#shared, this.id) : this.#composer.element,
    );
    this.#composer.fit();
  }

  async #page(before = null) {
    const known = before === null && this.#session.takePage(this.id);
    if (known) return known;
    const query = new URLSearchParams({ limit: PAGE, ...(before && { before }) });
    return this.#session.api.get(channelPath(this.id, `messages?${query}`));
  }

  async #loadUpTo(id) {
    for (let page = 0; !this.feed.has(id) && this.#hasMore && page < MOST_PAGES_TO_SEARCH; page += 1)
      await this.#loadOlder();
  }

  async #loadOlder() {
    if (this.#isLoading) return;
    this.#isLoading = true;
    const oldest = this.feed.messages.sort((one, other) => Number(one.id) - Number(other.id))[0];
    const mark = this.feed.mark();
    try {
      const { messages, has_more } = await this.#page(oldest?.id);
      this.#hasMore = has_more && messages.length > 0;
      if (!this.#ended.signal.aborted) this.feed.show(messages, { mark, isMore: true });
    } catch (error) {
      this.#hasMore = false;
      toast(error.message, { isError: true });
    }
    this.#isLoading = false;
    this.#drawStatus();
  }

  #drawStatus() {
    if (this.#hasMore) {
      this.#status.replaceChildren(
        h(
          "button",
          {
            type: "button",
            class: "quiet-button",
            dataset: { testid: "load-older" },
            on: { click: () => this.#loadOlder() },
          },
          words("load_older"),
        ),
      );
    } else {
      const isEmpty = this.feed.messages.length === 0;
      this.#status.replaceChildren(
        isEmpty
          ? channelEmptiness(this.#channel, this.#session)
          : h("span", {}, words("channel.begins", { channel: this.#channel.name })),
      );
    }
  }

  #onScroll(isAtEnd) {
    if (isAtEnd) this.#readSoon();
    this.#jump.draw();
    if (this.feed.element.scrollTop < LOAD_OLDER_PX && this.#hasMore && this.feed.messages.length)
      this.#loadOlder();
  }

  /** Seen means: in a visible tab, at the end of the list, for a moment. */
  #readSoon() {
    clearTimeout(this.#readTimer);
    this.#readTimer = setTimeout(() => {
      const last = this.feed.messages.reduce((most, message) => later(most, message.id), this.#lastSeen);
      if (last && !this.#ended.signal.aborted && document.visibilityState === "visible" && this.feed.isAtEnd)
        this.#session.markRead(this.id, last);
    }, READ_AFTER_MS);
  }
}

function later(one, other) {
  return one === null || Number(other) > Number(one) ? other : one;
}
