/* Deskbell's browser workspace: starts the page, and a session for whoever this tab is.

   Hooks for browser tests (all `data-testid` unless named otherwise):
     person-switcher        the "You are …" button (data-person=ID)   person      an entry (data-person=ID)
     channel-link           a channel in the list (data-channel=ID)   unread      its unread mark
     home-link, home        the home page: home-section, home-line (data-tone)
     channel-title          the open channel's name                   empty       what an empty channel says
     message                a message (data-message=ID, data-author)  feed        a list of messages (role=log)
     composer, send, retry  writing in the channel                    send-error  why a send failed
     thread-composer, thread-send, thread-retry                       the same in the thread
     thread-panel           the thread                                open-thread, close-thread
     message-thread, message-ticket, message-edit, message-delete     a message's own tools
     edit-field, edit-save  editing one's own message                 confirm, confirm-yes, confirm-no
     card                   a ticket's card (data-reference=IT-1)     status, priority, assignee, due (data-stage)
     notice                 a notice (data-tone)                      card-button (data-label), menu-item (data-label)
     private-reply          (data-error=true|false)                   private-dismiss
     form-dialog            (fields: data-field=NAME)                 form-submit, form-error
     completion, completion-option (data-value), usage                slash commands
     attach, file-input, attachment (data-state)                      files
     desk-time, forward (data-forward=15m|1h|4h|tomorrow)             the desk's clock
     connection, version, toast, welcome, welcome-dismiss, theme, help, open-sidebar, load-older, jump */

import { Api } from "./api.js";
import { drawClock } from "./clock-panel.js";
import { fill, h, icon, unseen } from "./dom.js";
import { Drawer } from "./drawer.js";
import { listenForShortcuts, showHelp } from "./help.js";
import { NewVersion, takeMemory, writeOn } from "./new-version.js";
import { drawPersonSwitcher } from "./people-menu.js";
import { HOME, readPlace, takeAskedAbout, takeRequestedPerson } from "./router.js";
import { Session } from "./session.js";
import { ChannelList } from "./sidebar.js";
import { applyTheme, themeButton } from "./theme.js";
import { DeskClock } from "./times.js";
import { ConnectionBanner } from "./connection.js";
import { welcome } from "./welcome.js";
import { Workspace } from "./workspace.js";
import { speak, words } from "./words.js";

const PERSON = "deskbell:person";
const TICK_MS = 5000;

class Page {
  #clock = new DeskClock();
  #banner = new ConnectionBanner(part("connection"));
  #drawer = new Drawer({ sidebar: part("sidebar"), scrim: part("scrim"), close: part("close-sidebar") });
  #version = new NewVersion({ root: part("version"), remember: () => this.#memory });
  #desk;
  #session = null;
  #workspace = null;
  #channels = null;
  #tickClock = () => {};
  #ended = new AbortController();

  async start() {
    applyTheme();
    this.#speak();
    const about = takeAskedAbout();
    const person = takeRequestedPerson() ?? sessionStorage.getItem(PERSON);
    const { channel } = readPlace();
    let opening;
    try {
      opening = await new Api(person).open(channel ? { channel } : {});
    } catch (error) {
      return this.#showRefusal(error);
    }
    this.#clock.addEventListener("set", () => this.#tick());
    part("skip").addEventListener("click", (event) => {
      event.preventDefault();
      this.#workspace?.channel?.focus();
    });
    listenForShortcuts({
      write: () => this.#workspace?.channel?.focus(),
      switchPerson: () => this.#drawer.reveal(part("who").querySelector("button")),
      goToNeighbour: (step) => this.#workspace?.goTo({ channel: this.#channels.neighbour(step) }),
    });
    setInterval(() => this.#tick(), TICK_MS);
    this.#begin(opening, new AbortController(), { isNewcomer: false });
    return about ? this.#workspace?.showPerson(about) : undefined;
  }

  /** End the session of whoever this tab was and start one for this person. */
  async #become(id) {
    sessionStorage.setItem(PERSON, id);
    this.#drawer.close();
    this.#ended.abort();
    this.#session?.close();
    const ended = new AbortController();
    this.#ended = ended;
    let opening;
    try {
      opening = await new Api(id).open({});
    } catch (error) {
      return this.#showRefusal(error);
    }
    return ended.signal.aborted || this.#begin(opening, ended, { isNewcomer: true });
  }

  #begin(opening, ended, { isNewcomer }) {
    this.#ended = ended;
    this.#desk = opening.desk;
    sessionStorage.setItem(PERSON, opening.person);
    this.#clock.set(this.#desk.now);
    part("desk-name").textContent = this.#desk.desk;
    if (opening.words) this.#speak(opening.words);
    const session = new Session({ opening, clock: this.#clock });
    this.#session = session;
    this.#banner.watch(session, ended.signal);
    this.#version.watch(session, ended.signal);
    session.start();
    this.#drawFor(session, ended.signal, isNewcomer);
  }

  /** What the page is to know again when it is loaded anew. */
  get #memory() {
    return { person: this.#session.person.id, ...this.#workspace.memory };
  }

  /** The words that came with the page, or others. */
  #speak(pack) {
    speak(pack);
    fill(part("tools"), themeButton(), toolButton("question", words("keys"), "help", showHelp));
  }

  #drawFor(session, signal, isNewcomer) {
    const become = (id) => this.#become(id);
    const workspace = new Workspace({
      session,
      channelRoot: part("channel"),
      threadRoot: part("thread"),
      signal,
      openSidebar: () => this.#drawer.open(),
    });
    this.#workspace = workspace;
    const { pretends } = session.desk;
    drawPersonSwitcher(part("who"), { person: session.person, people: session.people, become, pretends });
    this.#tickClock = drawClock(part("clock"), { session, clock: this.#clock });
    const go = (channel) => {
      this.#drawer.close();
      workspace.goTo({ channel });
    };
    this.#channels = new ChannelList({
      root: part("channels"),
      session,
      signal,
      go,
      current: () => workspace.channel?.id,
      openThread: () => workspace.thread?.id,
    });
    workspace.addEventListener("place", () => {
      this.#channels.draw();
      this.#drawTitle();
      const hint = welcome({ session, become, write: () => workspace.channel.focus() });
      if (hint) part("channel").querySelector(".pane__head").after(hint);
    });
    session.addEventListener("channels", () => this.#drawTitle(), { signal });
    const memory = takeMemory(session.person.id);
    if (memory) workspace.recall(memory);
    const shown = workspace.start({ isNewcomer });
    if (memory) this.#goOn(memory, shown);
    this.#tick();
  }

  async #goOn({ top, writing }, shown) {
    await shown;
    if (top) await this.#workspace.channel.goBackTo?.(top);
    if (writing) writeOn(writing);
  }

  #tick() {
    this.#tickClock();
    this.#workspace?.refreshTimes();
    this.#workspace?.redrawDays();
  }

  #drawTitle() {
    const { channels } = this.#session;
    const here = channels.get(this.#workspace?.channel?.id);
    const unread = [...channels.values()].reduce(
      (sum, channel) => sum + (channel === here && !document.hidden ? 0 : channel.unread),
      0,
    );
    const name = this.#workspace?.channel?.id === HOME ? words("home") : here?.name;
    document.title = `${unread ? `(${unread}) ` : ""}${name ? `${name} · ` : ""}${this.#desk.desk}`;
  }

  #showRefusal(error) {
    const isLocked = error.status === 403;
    fill(
      part("channel"),
      h(
        "div",
        { class: "empty empty--page", role: "alert" },
        h("div", { class: "empty__picture" }, icon(isLocked ? "lock" : "bell")),
        h(
          "p",
          { class: "empty__title" },
          words(isLocked ? "error.locked" : "error.silent"),
        ),
        h("p", { class: "empty__line" }, error.message),
        h(
          "button",
          { type: "button", class: "button button--primary", on: { click: () => location.reload() } },
          words("try_again"),
        ),
      ),
    );
  }
}

function part(id) {
  return document.getElementById(id);
}

function toolButton(picture, label, testid, run) {
  return h(
    "button",
    { type: "button", class: "tool-button", title: label, dataset: { testid }, on: { click: run } },
    icon(picture),
    unseen(label),
  );
}

new Page().start();
