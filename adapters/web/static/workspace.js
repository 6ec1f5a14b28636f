/* The open channel and the open thread of one session: where the person is, and what reaches which pane. */

import { Actions } from "./actions.js";
import { ChannelPane } from "./channel-pane.js";
import { HomePane } from "./home-pane.js";
import { announce, toast } from "./toasts.js";
import { plainText } from "./text-view.js";
import { HOME, readPlace, writePlace } from "./router.js";
import { ThreadPane } from "./thread-pane.js";
import { UnsettledReplies } from "./unsettled-replies.js";
import { words } from "./words.js";

/** Events: `place` when another channel is open. Ends when `signal` aborts. */
export class Workspace extends EventTarget {
  channel = null;
  thread = null;
  #session;
  #roots;
  #shared;
  #fresh = new Set();
  #newest = 0;
  #privates = new Map();
  #unsettled;

  constructor({ session, channelRoot, threadRoot, signal, openSidebar }) {
    super();
    this.#session = session;
    this.#roots = { channelRoot, threadRoot };
    const actions = new Actions(session);
    this.#shared = {
      session,
      actions,
      calendar: session.calendar,
      openSidebar,
      goTo: (target) => this.goTo(target),
      openThread: (id, options) => this.openThread(id, options),
      closeThread: () => this.closeThread(),
      forgetPrivate: (item) => this.#privatesOf(item.channel, item.thread).delete(item),
      hasFreshReplies: (id) => this.#fresh.has(id),
    };
    actions.addEventListener("busy", ({ detail }) =>
      this.#panes.forEach((pane) => pane.feed.showBusy(detail)),
    );
    session.addEventListener("message", ({ detail }) => this.#onMessage(detail));
    session.addEventListener("learned", ({ detail }) =>
      this.#panes.forEach((pane) => pane.onLearned(detail)),
    );
    session.addEventListener("gone", ({ detail }) => this.#panes.forEach((pane) => pane.onGone(detail)));
    session.addEventListener("private", ({ detail }) => this.#onPrivate(detail));
    session.addEventListener(
      "up",
      ({ detail: again }) => again && this.#panes.forEach((pane) => pane.reload()),
    );
    this.#unsettled = new UnsettledReplies({
      session,
      signal,
      ask: (item) => actions.askAgain({ item, place: { channel: item.channel, thread: item.thread } }),
      isShown: (item) => this.#privatesOf(item.channel, item.thread).has(item),
      settle: (item, reply) => this.#turn(item, reply),
    });
    window.addEventListener("popstate", () => this.#followAddress(), { signal });
    signal.addEventListener("abort", () => this.#panes.forEach((pane) => pane.close()));
  }

  /** Open what the address asks for, or (when somebody else was here before) where this person would begin. */
  start({ isNewcomer }) {
    const { channel, thread } = isNewcomer ? {} : readPlace();
    const isKnown = this.#knows(channel);
    const place = isKnown ? { channel, thread } : { channel: this.#session.opens, thread: null };
    if (!place.channel) return undefined;
    writePlace(place, { isReplacing: true });
    const shown = this.#follow(place);
    if (channel && !isKnown) this.#refuse();
    return shown;
  }

  /** What would be lost with the page: private replies, and how far up somebody reads. */
  get memory() {
    const privates = [...this.#privates.values()].flatMap((items) => [...items]);
    return { privates, top: this.channel?.top ?? null };
  }

  /** Have again what another page of this person remembered; before `start`. */
  recall({ privates }) {
    for (const item of privates) {
      this.#privatesOf(item.channel, item.thread).add(item);
      this.#unsettled.watch(item);
    }
  }

  /** Open a channel, and in it a message if one is named. */
  async goTo({ channel, message = null }) {
    const news = message ? null : this.#news(channel);
    writePlace({ channel });
    await this.#follow({ channel, thread: null, news });
    if (message) await this.channel.find(message);
    else if (news?.thread && this.channel.id === channel) this.openThread(news.thread, { news });
  }

  /** What the desk tells this person of somebody, where they are now. */
  showPerson(reference) {
    return this.channel && this.#shared.actions.showPerson(reference, this.channel.place);
  }

  openThread(id, { isReplying = false, news = null } = {}) {
    writePlace({ channel: this.channel.id, thread: id });
    this.#openThread(id, { isReplying, news });
  }

  closeThread() {
    const root = this.thread?.id;
    writePlace({ channel: this.channel.id });
    this.#closeThread();
    this.channel.feed?.row(root)?.focus({ preventScroll: true });
  }

  refreshTimes() {
    this.#panes.forEach((pane) => this.#session.calendar.refresh(pane.root));
  }

  /** Once a day has passed on the desk's clock, "Today" is another day. */
  redrawDays() {
    this.#panes.forEach((pane) => pane.feed?.update());
  }

  get #panes() {
    return [this.channel, this.thread].filter(Boolean);
  }

  /** Where Back, Forward or an address typed by hand leads; what is closed to this person corrects itself. */
  #followAddress() {
    const place = readPlace();
    if (this.#knows(place.channel)) return this.#follow(place);
    if (!this.channel) return undefined;
    writePlace({ channel: this.channel.id, thread: this.thread?.id }, { isReplacing: true });
    return place.channel && this.#refuse();
  }

  /** In the same words for what is closed and for what is not there at all. */
  #refuse() {
    toast(words("no_access", { name: this.#session.person.name }), { isError: true });
  }

  /** The first message there that this person has not read. */
  #news(id) {
    return this.#session.channels.get(id)?.first_unread ?? null;
  }

  async #follow({ channel, thread, news = null }) {
    if (!this.#knows(channel)) return;
    this.#session.channels.get(channel)?.unread_threads.forEach((id) => this.#fresh.add(id));
    if (this.channel?.id !== channel) {
      this.#closeThread();
      this.channel?.close();
      this.channel = channel === HOME ? this.#home() : this.#pane(channel, news);
      this.dispatchEvent(new Event("place"));
      await this.channel.load();
    } else if (news) await this.channel.goToNews(news);
    if (thread) await this.#openThread(thread, {});
    else this.#closeThread();
  }

  /** The home page is nobody's channel, and everybody's. */
  #knows(id) {
    return id === HOME || this.#session.channels.has(id);
  }

  #pane(id, news) {
    const privates = this.#privatesOf(id, null);
    return new ChannelPane({ root: this.#roots.channelRoot, id, shared: this.#shared, privates, news });
  }

  #home() {
    const place = { channel: `@${this.#session.person.id}`, thread: null };
    const privates = this.#privatesOf(place.channel, null);
    return new HomePane({ root: this.#roots.channelRoot, shared: this.#shared, place, privates });
  }

  #openThread(id, { isReplying = false, news = null }) {
    this.#fresh.delete(id);
    this.channel.feed.redraw(id);
    if (this.thread?.id === id) return isReplying && this.thread.focus();
    this.thread?.close();
    this.thread = new ThreadPane({
      root: this.#roots.threadRoot,
      channel: this.channel.id,
      id,
      shared: this.#shared,
      privates: this.#privatesOf(this.channel.id, id),
    });
    return this.thread.load({ isReplying, news });
  }

  #closeThread() {
    this.thread?.close();
    this.thread = null;
  }

  #onMessage(message) {
    this.#panes.forEach((pane) => pane.onMessage(message));
    const isNew = Number(message.id) > this.#newest;
    this.#newest = Math.max(this.#newest, Number(message.id));
    const isOpen = this.thread?.id === message.thread;
    if (!message.thread || !isNew || isOpen || message.author.id === this.#session.person.id) return;
    this.#fresh.add(message.thread);
    if (this.channel?.id === message.channel) this.channel.feed?.redraw(message.thread);
  }

  #onPrivate({ channel, thread, reply, after, instead, position }) {
    if (instead) return this.#turn(instead, reply);
    const item = { key: `private-${crypto.randomUUID()}`, channel, thread: thread ?? null, reply, after, position };
    this.#privatesOf(channel, item.thread).add(item);
    this.#unsettled.watch(item);
    const pane = this.#panes.find((open) => open.shows(item));
    if (pane) pane.feed.addPrivate(item);
    else announce(plainText(reply.text, this.#shared));
    return undefined;
  }

  /** Another page of a list, where the one before it stands. */
  #turn(item, reply) {
    item.reply = reply;
    this.#panes.find((open) => open.shows(item))?.feed.redraw(item.key);
    announce(plainText(reply.text, this.#shared));
  }

  /** Private replies outlive the pane they were shown in, until they are dismissed. */
  #privatesOf(channel, thread) {
    const key = JSON.stringify([channel, thread]);
    if (!this.#privates.has(key)) this.#privates.set(key, new Set());
    return this.#privates.get(key);
  }
}
