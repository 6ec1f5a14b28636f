/* The home page and the channel list: grouped, with unread marks, one Tab stop and arrows inside. */

import { fill, h, icon, unseen } from "./dom.js";
import { addressOf, HOME } from "./router.js";
import { words } from "./words.js";

const GROUPS = ["requests", "direct", "teams", "escalations", "others"];

/** `current()` is the open channel's id, `openThread()` the open thread's in it; `go(id)` opens another channel. */
export class ChannelList {
  #root;
  #session;
  #current;
  #openThread;
  #go;
  #order = null;
  #links = new Map();

  constructor({ root, session, current, openThread, go, signal }) {
    this.#root = root;
    this.#session = session;
    this.#current = current;
    this.#openThread = openThread;
    this.#go = go;
    session.addEventListener("channels", () => this.draw(), { signal });
    root.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.draw();
  }

  /** Links stay the same elements: one that was replaced between press and release would lose the click. */
  draw() {
    const groups = [...this.#grouped()];
    const order = JSON.stringify(groups.map(([group, channels]) => [group, channels.map(({ id }) => id)]));
    if (order !== this.#order) this.#arrange(groups);
    this.#order = order;
    for (const [, channels] of groups) channels.forEach((channel) => this.#paint(channel));
    this.#paintHome();
    if (!this.#links.has(this.#current())) this.#shown[0]?.setAttribute("tabindex", "0");
  }

  /** The channel before or after the open one, in the order shown. */
  neighbour(step) {
    const ids = [...this.#links.keys()];
    return ids[(ids.indexOf(this.#current()) + step + ids.length) % ids.length];
  }

  #grouped() {
    const groups = new Map(GROUPS.map((group) => [group, []]));
    for (const channel of this.#session.channels.values()) groups.get(channel.group).push(channel);
    return [...groups].filter(([, channels]) => channels.length);
  }

  #arrange(groups) {
    const focused = this.#root.contains(document.activeElement) ? document.activeElement : null;
    const known = this.#links;
    this.#links = new Map([
      [HOME, known.get(HOME) ?? this.#link(HOME)],
      ...groups.flatMap(([, channels]) => channels.map(({ id }) => [id, known.get(id) ?? this.#link(id)])),
    ]);
    fill(
      this.#root,
      this.#links.get(HOME),
      groups.map(([group, channels]) => this.#group(group, channels.map(({ id }) => this.#links.get(id)))),
    );
    focused?.focus({ preventScroll: true });
  }

  #group(group, links) {
    const id = `group-${group}`;
    return h(
      "section",
      { class: "channels__group", "aria-labelledby": id },
      h("h2", { id, class: "channels__heading" }, words(`group.${group}`)),
      h(
        "ul",
        {},
        links.map((link) => h("li", {}, link)),
      ),
    );
  }

  #link(id) {
    const follow = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#go(id);
    };
    return h("a", {
      href: addressOf(id),
      dataset: id === HOME ? { testid: "home-link" } : { testid: "channel-link", channel: id },
      on: { click: follow },
    });
  }

  #paint(channel) {
    const link = this.#links.get(channel.id);
    const unread = this.#unread(channel);
    this.#mark(link, channel.id, unread > 0);
    fill(
      link,
      channel.kind === "direct" ? icon("bell") : h("span", { class: "hash", "aria-hidden": "true" }, "#"),
      h("span", { class: "channel__name" }, channel.name),
      unread > 0 && badge(channel, unread),
    );
  }

  #paintHome() {
    const link = this.#links.get(HOME);
    this.#mark(link, HOME, false);
    fill(link, icon("home"), h("span", { class: "channel__name" }, words("home")));
  }

  #mark(link, id, isUnread) {
    const isCurrent = id === this.#current();
    link.className = isUnread ? "channel channel--unread" : "channel";
    link.tabIndex = isCurrent ? 0 : -1;
    if (isCurrent) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }

  /** What is in sight is not counted: of the open channel, the threads with more are. */
  #unread(channel) {
    if (channel.id !== this.#current()) return channel.unread;
    return channel.unread_threads.filter((thread) => thread !== this.#openThread()).length;
  }

  #onKey(event) {
    const links = this.#shown;
    const here = links.indexOf(document.activeElement);
    const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: links.length - 1 }[event.key];
    if (here < 0 || target === undefined || event.altKey) return;
    event.preventDefault();
    links[(target + links.length) % links.length].focus();
  }

  get #shown() {
    return [...this.#links.values()];
  }
}

function badge(channel, unread) {
  const count = unread > 99 ? "99+" : String(unread);
  return h(
    "span",
    { class: channel.mentions ? "unread unread--mention" : "unread", dataset: { testid: "unread" } },
    h("span", { "aria-hidden": "true" }, channel.mentions ? `@ ${count}` : count),
    unseen(words(channel.mentions ? "unread.mentioned" : "unread.count", { count: unread })),
  );
}
