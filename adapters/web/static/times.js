/* Instants as people say them: always against the desk's clock, always in the reader's own time zone. */

import { h } from "./dom.js";
import { locale, words } from "./words.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const RECKONING = "en-GB";
/* The locale whose digits and signs are read again here; people read their own. */

const TIME = { hour: "2-digit", minute: "2-digit" };

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
    return this.#format(at, { year: "numeric", month: "2-digit", day: "2-digit" }, RECKONING);
  }

  /** `09:14` */
  time(at) {
    return this.#format(at, TIME);
  }

  /** `Sun 09:14` */
  weekdayTime(at) {
    return this.#format(at, { weekday: "short", ...TIME });
  }

  /** A whole hour: `09:00` */
  hour(hour) {
    const format = new Intl.DateTimeFormat(locale(), { ...TIME, timeZone: "UTC", hourCycle: "h23" });
    return format.format(hour * HOUR);
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
    if (near) return near[0].toLocaleUpperCase(locale()) + near.slice(1);
    const year = this.#format(at, { year: "numeric" });
    const isThisYear = year === this.#format(this.#clock.now(), { year: "numeric" });
    return this.#format(at, {
      weekday: "long",
      day: "numeric",
      month: "long",
      year: isThisYear ? undefined : "numeric",
    });
  }

  /** An instant inside a sentence that stays: `today at 10:15`, else `Mon 23 Nov, 09:30`, never a day's name alone. */
  moment(at) {
    if (this.#daysAway(at) === 0) return words("time.near", { day: this.#nearDay(at), time: this.time(at) });
    return this.#format(at, { weekday: "short", day: "numeric", month: "short", ...TIME });
  }

  /** An instant as somebody says it: `today at 16:30`, `Tuesday 10:30`, `Tuesday 3 March, 10:30`. */
  spoken(at) {
    const near = this.#nearDay(at);
    if (near) return words("time.near", { day: near, time: this.time(at) });
    const ahead = millis(at) - this.#clock.now();
    if (ahead > 0 && ahead < 6 * DAY) return this.#format(at, { weekday: "long", ...TIME });
    return this.#format(at, { weekday: "long", day: "numeric", month: "long", ...TIME });
  }

  /** `just now`, `5 min ago`, `2 h ago`, `3 days ago` */
  ago(at) {
    const passed = this.#clock.now() - millis(at);
    if (passed < MINUTE) return words("time.just_now");
    const [size, unit] = passed < HOUR ? [MINUTE, "minute"] : passed < DAY ? [HOUR, "hour"] : [DAY, "day"];
    return new Intl.RelativeTimeFormat(locale(), { style: "short" }).format(-Math.floor(passed / size), unit);
  }

  /** `1 h 5 min left`, `due 12 min ago`: time on the wall, nights included */
  left(at) {
    const left = millis(at) - this.#clock.now();
    if (left <= -MINUTE) return words("time.late", { length: length(-left) });
    if (left < MINUTE) return words(left < 0 ? "time.due_now" : "time.under_a_minute");
    return words("time.left", { length: length(left) });
  }

  /** Seconds from the desk's now to tomorrow at this hour, here. */
  secondsToTomorrow(hour) {
    const now = this.#clock.now();
    const [hours, minutes, seconds] = this.#format(now, { ...TIME, second: "2-digit" }, RECKONING)
      .split(":")
      .map(Number);
    const rough = DAY - (hours * HOUR + minutes * MINUTE + seconds * 1000) + hour * HOUR;
    // A change to or from summer time in between shifts the wall clock: correct by what it shows there.
    const shown = Number(this.#format(now + rough, { hour: "2-digit" }, RECKONING));
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

  /** `today`, `yesterday`, `tomorrow`; null for any other day. */
  #nearDay(at) {
    const away = this.#daysAway(at);
    return away === null ? null : new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(away, "day");
  }

  #daysAway(at) {
    const day = this.day(at);
    const now = this.#clock.now();
    return [0, -1, 1].find((away) => day === this.day(now + away * DAY)) ?? null;
  }

  #format(at, options, inLocale = locale()) {
    const key = JSON.stringify([inLocale, options]);
    if (!this.#formats.has(key)) {
      this.#formats.set(
        key,
        new Intl.DateTimeFormat(inLocale, { ...options, timeZone: this.#zone, hourCycle: "h23" }),
      );
    }
    return this.#formats.get(key).format(millis(at));
  }
}

/** A length of time in its two largest units: `2 d 3 h`, `45 min`. */
function length(duration) {
  const units = [
    [DAY, "days"],
    [HOUR, "hours"],
    [MINUTE, "minutes"],
  ];
  const parts = [];
  let rest = duration;
  for (const [size, unit] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count) parts.push(words(`length.${unit}`, { count }));
  }
  return parts.slice(0, 2).join(" ");
}

function millis(at) {
  return typeof at === "number" ? at : Date.parse(at);
}

function isZone(zone) {
  try {
    return Boolean(zone) && Boolean(new Intl.DateTimeFormat(RECKONING, { timeZone: zone }));
  } catch {
    return false;
  }
}
