/* One person at work in this tab: their channels, their commands and what happens live.
   Switching person closes the session and starts another, so nothing of one is ever shown to the other. */

import { Api, ApiError, channelPath } from "./api.js";
import { Live } from "./live.js";
import { unlessPressed } from "./press.js";
import { Calendar } from "./times.js";

/** Events: `channels`, `message`, `learned`, `gone`, `private`, `home` (detail), `clock`, `version` (detail: the newest page's), `up` (detail: again), `down` (detail: pause in ms). */
export class Session extends EventTarget {
  channels = new Map();
  commands = [];
  isUp = false;
  #live = null;
  #clock;
  #newest = 0;
  #byLink;
  #page = null;
  #readAt;

  /** `opening` is the server's answer that this session begins with. */
  constructor({ opening, clock }) {
    super();
    const { desk, person, at, opens, page } = opening;
    this.people = desk.people;
    this.person = desk.people.find(({ id }) => id === person);
    this.desk = desk;
    this.commands = opening.commands;
    this.opens = opens;
    this.#readAt = at;
    this.#page = page && { channel: opens, page };
    this.#know(opening.channels);
    this.api = new Api(person, opening.token);
    this.#byLink = !opening.token;
    this.calendar = new Calendar(clock, this.person.time_zone);
    this.#clock = clock;
  }

  start() {
    this.#live = new Live(this.person.id, {
      onEvent: (event) => unlessPressed(() => this.#live && this.#happened(event)),
      onUp: (again) => this.#up(again),
      onDown: (pause) => this.#down(pause),
    });
  }

  close() {
    this.#live?.close();
    this.#live = null;
  }

  retryNow() {
    this.#live?.retryNow();
  }

  /** What may be meant by the words that follow a command's verb: {value, label}, best first. */
  suggestions({ group, verb }, typed) {
    return this.api.get(`/api/suggestions?${new URLSearchParams({ group, verb, typed })}`);
  }

  async loadChannels() {
    this.#know(await this.api.get("/api/channels"));
    this.#tell("channels");
  }

  /** The newest messages of the channel that the session begins in, once; null for others, and after that. */
  takePage(channel) {
    if (this.#page?.channel !== channel) return null;
    const { page } = this.#page;
    this.#page = null;
    return page;
  }

  /**
   * Say that everything in the channel, or in this thread of it, was seen up to this message: the server answers with
   * what is left. Failing is harmless, the mark stays until next time.
   */
  async markRead(channel, upTo, thread = null) {
    const seen = { up_to: upTo, ...(thread && { thread }) };
    await this.api.post(channelPath(channel, "read"), seen).catch(() => null);
  }

  /**
   * Show a reply that only this person sees: under the message `after`, in place of the reply `instead`, or after
   * everything said until now. Ids grow with each message, whatever channel it is in.
   */
  showPrivate(place, reply, after = null, instead = null) {
    this.#tell("private", { ...place, reply, after, instead, position: Number(after ?? this.#newest) });
  }

  /** What the server answered to a change made here; the live connection may have told more since. */
  learn(message) {
    this.#hears(message.id);
    this.#tell("learned", message);
  }

  forget(channel, id) {
    this.#tell("gone", { channel, id });
  }

  #happened(event) {
    switch (event.type) {
      case "hello":
        return this.#greeted(event);
      case "message":
        this.#hears(event.message.id);
        return this.#tell("message", event.message);
      case "gone":
        return this.#tell("gone", event);
      case "home":
        return this.#tell("home", event.home);
      case "clock":
        this.#clock.set(event.now);
        return this.#tell("clock");
      case "private":
        return this.showPrivate({ channel: event.channel, thread: event.thread ?? null }, event.reply);
      case "channel":
        this.channels.set(event.channel.id, event.channel);
        this.#hears(event.channel.last_id);
        return this.#tell("channels");
      default:
        return undefined;
    }
  }

  /** What happened between the reading of what this began with and the connection is read now. */
  #greeted({ at, version }) {
    this.#tell("version", version);
    const hasMissed = this.#readAt !== null && this.#readAt !== at;
    this.#readAt = null;
    return hasMissed && this.#up(true);
  }

  #know(channels) {
    this.channels = new Map(channels.map((channel) => [channel.id, channel]));
    channels.forEach((channel) => this.#hears(channel.last_id));
  }

  #hears(id) {
    this.#newest = Math.max(this.#newest, Number(id ?? 0));
  }

  /** A desk that is there and lets nobody in with this page's cookie was started again with another link. */
  async #down(pause) {
    this.isUp = false;
    this.#tell("down", pause);
    if (!this.#byLink) return;
    const error = await this.api.get("/api/channels").catch((each) => each);
    if (error instanceof ApiError && error.status === 403 && !this.isUp) this.#tell("refused");
  }

  async #up(again) {
    this.isUp = true;
    if (again) await this.loadChannels().catch(() => null);
    this.#tell("up", again);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
