/* Instants as people say them: always against the desk's clock, always in the reader's own time zone. */

import { h } from "./dom.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LOCALE = "en-GB";

/** The desk's clock. It may jump forward; between two settings it runs with the browser's. */
export class DeskClock extends EventTarget {
  #at = Date.now();
  #since = performance.now();

  set(iso) {
    this.#at = Date.parse(iso);
    this.#since = performance.now();
    this.dispatchEvent(new Event("set"));
  }

  now() {
    return this.#at + performance.now() - this.#since;
  }
}

/** How a reader in one time zone is told about instants. All arguments are ISO strings or milliseconds. */
export class Calendar {
  #clock;
  #zone;
  #formats = new Map();

  constructor(clock, zone) {
    this.#clock = clock;
    this.#zone = isZone(zone) ? zone : undefined;
  }

  day(at) {
    return this.#format(at, { year: "numeric", month: "2-digit", day: "2-digit" });
  }

  /** `09:14` */
  time(at) {
    return this.#format(at, { hour: "2-digit", minute: "2-digit" });
  }

  /** `Sunday 22 November 2026, 09:14:05 WET` */
  exact(at) {
    return this.#format(at, {
      weekday: "long",
      day: "numeric",
      month: "long",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      timeZoneName: "short",
    });
  }

  /** `Today`, `Yesterday`, `Monday 23 November` … */
  dayName(at) {
    const near = this.#nearDay(at);
    if (near) return near[0].toUpperCase() + near.slice(1);
    const year = this.#format(at, { year: "numeric" });
    const isThisYear = year === this.#format(this.#clock.now(), { year: "numeric" });
    return this.#format(at, {
      weekday: "long",
      day: "numeric",
      month: "long",
      year: isThisYear ? undefined : "numeric",
    });
  }

  /** An instant inside a sentence that stays: `10:15` today, else `Mon 23 Nov 09:30`, never a day's name alone. */
  moment(at) {
    if (this.#nearDay(at) === "today") return this.time(at);
    return `${this.#format(at, { weekday: "short", day: "numeric", month: "short" })} ${this.time(at)}`;
  }

  /** An instant as somebody says it: `today at 16:30`, `Tuesday 10:30`, `Tuesday 3 March, 10:30`. */
  spoken(at) {
    const near = this.#nearDay(at);
    if (near) return `${near} at ${this.time(at)}`;
    const ahead = millis(at) - this.#clock.now();
    const weekday = this.#format(at, { weekday: "long" });
    if (ahead > 0 && ahead < 6 * DAY) return `${weekday} ${this.time(at)}`;
    return `${weekday} ${this.#format(at, { day: "numeric", month: "long" })}, ${this.time(at)}`;
  }

  /** `just now`, `5 min ago`, `2 h ago`, `3 days ago` */
  ago(at) {
    const passed = this.#clock.now() - millis(at);
    if (passed < MINUTE) return "just now";
    return `${span(passed)} ago`;
  }

  /** `1 h 5 min left`, `late by 12 min` */
  left(at) {
    const left = millis(at) - this.#clock.now();
    if (left <= -MINUTE) return `late by ${span(-left)}`;
    if (left < MINUTE) return left < 0 ? "due now" : "under a minute left";
    return `${span(left, { fine: true })} left`;
  }

  /** Seconds from the desk's now to tomorrow at this hour, here. */
  secondsToTomorrow(hour) {
    const now = this.#clock.now();
    const [hours, minutes, seconds] = this.#format(now, {
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    })
      .split(":")
      .map(Number);
    const rough = DAY - (hours * HOUR + minutes * MINUTE + seconds * 1000) + hour * HOUR;
    // A change to or from summer time in between shifts the wall clock: correct by what it shows there.
    const shown = Number(this.#format(now + rough, { hour: "2-digit" }));
    return Math.round((rough - (shown - hour) * HOUR) / 1000);
  }

  /** A `<time>` that `refresh` keeps true; `kind` is one of time, moment, spoken, ago, left. */
  element(kind, at, attributes = {}) {
    const dataset = { when: kind };
    return h(
      "time",
      { datetime: new Date(millis(at)).toISOString(), title: this.exact(at), dataset, ...attributes },
      this[kind](at),
    );
  }

  refresh(root) {
    for (const element of root.querySelectorAll("time[data-when]")) {
      const text = this[element.dataset.when](element.dateTime);
      if (element.textContent !== text) element.textContent = text;
    }
  }

  #nearDay(at) {
    const day = this.day(at);
    const now = this.#clock.now();
    if (day === this.day(now)) return "today";
    if (day === this.day(now - DAY)) return "yesterday";
    if (day === this.day(now + DAY)) return "tomorrow";
    return null;
  }

  #format(at, options) {
    const key = JSON.stringify(options);
    if (!this.#formats.has(key)) {
      this.#formats.set(
        key,
        new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: this.#zone, hourCycle: "h23" }),
      );
    }
    return this.#formats.get(key).format(millis(at));
  }
}

function span(duration, { fine = false } = {}) {
  if (duration < HOUR) return `${Math.floor(duration / MINUTE)} min`;
  const minutes = Math.floor((duration % HOUR) / MINUTE);
  if (duration < DAY)
    return `${Math.floor(duration / HOUR)} h${minutes && (fine || duration < 4 * HOUR) ? ` ${minutes} min` : ""}`;
  const days = Math.floor(duration / DAY);
  const hours = Math.floor((duration % DAY) / HOUR);
  return `${days} ${days === 1 ? "day" : "days"}${hours && fine ? ` ${hours} h` : ""}`;
}

function millis(at) {
  return typeof at === "number" ? at : Date.parse(at);
}

function isZone(zone) {
  try {
    return Boolean(zone) && Boolean(new Intl.DateTimeFormat(LOCALE, { timeZone: zone }));
  } catch {
    return false;
  }
}
