/* Covers and absences of the calendar are moved by pointer or keys, and new ones begun: by touch with a tap on the first
   day and one on the last. What is shown is sent by a form of the page, as the forms below it are. Times are those on the reader's wall: a day has 24 hours here, whatever its clock. */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PART_MS = 6 * HOUR_MS;
const EDGE_PX = 8;
const SLIP_PX = 10;
const KEYS = { ArrowLeft: -DAY_MS, ArrowRight: DAY_MS, ArrowUp: -HOUR_MS, ArrowDown: HOUR_MS };
const LANGUAGE = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const WHEN = { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" };
let move = null;

export function begin() {
  for (const table of document.querySelectorAll("[data-calendar]")) {
    table.addEventListener("pointerdown", grab);
    table.addEventListener("pointerdown", touch);
    table.addEventListener("keydown", press);
    table.addEventListener("click", plan);
    const form = formOf(table);
    form?.querySelector("[data-gives-back]").addEventListener("click", giveBack);
    form?.addEventListener("keydown", pressBeside);
  }
}

const formOf = (table) => document.getElementById(`${table.dataset.calendar}-moved`);
const read = (typed) => Date.parse(`${typed}:00Z`);
const written = (at) => new Date(at).toISOString().slice(0, 16);
const first = (table) => Date.parse(`${table.dataset.first}T00:00Z`);
const last = (table) => first(table) + Number(table.dataset.days) * DAY_MS;

function rule(table) {
  const days = table.querySelectorAll("thead th");
  const left = days[0].getBoundingClientRect().left;
  return { left, wide: days[days.length - 1].getBoundingClientRect().right - left };
}

const timeAt = (table, x) => {
  const { left, wide } = rule(table);
  return first(table) + (x - left) / wide * (last(table) - first(table));
};
const dayAt = (table, x) => Math.floor((timeAt(table, x) - first(table)) / DAY_MS) * DAY_MS + first(table);
const toPart = (ms) => Math.round(ms / PART_MS) * PART_MS;

/* What is being moved: an own copy of when, so that it can be given back. */
function take(table, row, source, when) {
  if (move) putAway();
  const ghost = document.createElement("div");
  const kinds = when.form ? [when.form] : row.dataset.plans.split(" ");
  ghost.className = kinds.length === 1 ? `ghost ${kinds[0]}` : "ghost";
  table.parentElement.append(ghost);
  move = { table, row, source, ghost, ...when };
  draw();
}

function fromHandle(handle) {
  const table = handle.closest("table");
  take(table, handle.closest("tr"), handle, {
    form: handle.dataset.form,
    instead: handle.dataset.instead,
    since: read(handle.dataset.since),
    until: read(handle.dataset.until),
    isBegun: "begun" in handle.dataset,
  });
}

function grab(event) {
  if (event.button !== 0) return;
  const handle = event.target.closest(".handle");
  const row = event.target.closest("tr[data-person]");
  if (handle && row) {
    event.preventDefault();
    handle.focus();
    if (move?.source !== handle) fromHandle(handle);
    const box = handle.getBoundingClientRect();
    const nearEnd = box.right - event.clientX <= EDGE_PX;
    const nearBegin = event.clientX - box.left <= EDGE_PX;
    drag(event, nearEnd ? "until" : nearBegin && !move.isBegun ? "since" : "whole");
  } else if (row && event.target.closest("td") && event.pointerType !== "touch") {
    const table = row.closest("table");
    const since = dayAt(table, event.clientX);
    take(table, row, row.querySelector(".plan"), { form: "", instead: "", since, until: since + DAY_MS, isBegun: false });
    drag(event, "days");
  }
}

function drag(event, part) {
  const { since, until } = move;
  const begun = { x: event.clientX, at: timeAt(move.table, event.clientX) };
  const table = move.table;
  table.classList.add("moving");
  const follow = (moved) => {
    if (!move) return;
    const by = toPart(timeAt(table, moved.clientX) - begun.at);
    if (part === "days") {
      const to = dayAt(table, moved.clientX);
      set(Math.min(since, to), Math.max(since, to) + DAY_MS);
    } else set(since + (part === "until" || move.isBegun ? 0 : by), until + (part === "since" ? 0 : by));
  };
  const drop = (ended) => {
    document.removeEventListener("pointermove", follow);
    document.removeEventListener("pointerup", drop);
    document.removeEventListener("pointercancel", drop);
    table.classList.remove("moving");
    if (!move) return;
    const isStill = Math.abs(ended.clientX - begun.x) < 4;
    if (ended.type === "pointercancel" || isStill) giveBack();
    else offer();
  };
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
}

/* A finger that scrolls begins nothing: what it taps on does. */
function touch(event) {
  const row = event.target.closest("tr[data-person]");
  if (event.pointerType !== "touch" || !event.isPrimary || !row) return;
  if (!event.target.closest("td") || event.target.closest(".handle")) return;
  const end = (ended) => {
    if (ended.pointerId !== event.pointerId) return;
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    const slip = Math.hypot(ended.clientX - event.clientX, ended.clientY - event.clientY);
    if (ended.type === "pointerup" && slip < SLIP_PX) reach(row, dayAt(row.closest("table"), ended.clientX));
  };
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
}

/* A plan of this row is taken as far as that day; a day within it, or one of another row, begins anew. */
function reach(row, day) {
  const isOther = move?.row !== row || move.form || (day >= move.since && day < move.until);
  if (isOther) take(row.closest("table"), row, row.querySelector(".plan"), { form: "", instead: "", since: day, until: day + DAY_MS, isBegun: false });
  else set(Math.min(move.since, day), Math.max(move.until, day + DAY_MS));
  offer();
}

/* Each press on + puts the same plan a day later. */
function plan(event) {
  const button = event.target.closest(".plan");
  if (!button) return;
  if (move?.source === button) {
    moveBy(DAY_MS, false);
    return;
  }
  const table = button.closest("table");
  const since = first(table) + DAY_MS;
  take(table, button.closest("tr"), button, { form: "", instead: "", since, until: since + DAY_MS, isBegun: false });
  offer();
}

function moveBy(by, isEnd) {
  set(move.since + (isEnd || move.isBegun ? 0 : by), move.until + by);
  offer();
}

/* The plan goes on moving while the focus is on what saves it. */
function pressBeside(event) {
  if (!move) return;
  if (event.key === "Escape") giveBack();
  else if (event.key in KEYS) {
    event.preventDefault();
    moveBy(KEYS[event.key], event.shiftKey);
  }
}

function press(event) {
  const handle = event.target.closest(".handle, .plan");
  if (!handle) return;
  const isMoved = move?.source === handle;
  if (event.key in KEYS) {
    if (!isMoved && handle.matches(".plan")) return;
    event.preventDefault();
    if (!isMoved) fromHandle(handle);
    moveBy(KEYS[event.key], event.shiftKey);
  } else if (event.key === "Escape" && isMoved) {
    event.preventDefault();
    giveBack();
  } else if (event.key === "Enter" && isMoved) {
    event.preventDefault();
    save();
  }
}

function set(since, until) {
  if (until - since < HOUR_MS || until <= first(move.table)) return;
  Object.assign(move, { since, until });
  draw();
}

function draw() {
  const { table, row, ghost, since, until } = move;
  const { left, wide } = rule(table);
  const box = table.parentElement.getBoundingClientRect();
  const at = (time) => Math.min(Math.max((time - first(table)) / (last(table) - first(table)), 0), 1) * wide;
  const line = row.getBoundingClientRect();
  ghost.style.left = `${left - box.left + table.parentElement.scrollLeft + at(since)}px`;
  ghost.style.top = `${line.top - box.top + 3}px`;
  ghost.style.width = `${Math.max(at(until) - at(since), 4)}px`;
}

/* Says when it would be, and offers what can be sent: nothing is changed until then. */
function offer() {
  const form = formOf(move.table);
  const told = new Intl.DateTimeFormat(LANGUAGE, WHEN);
  form.hidden = false;
  form.querySelector("[role=status]").textContent =
    `${move.row.querySelector("th").firstChild.textContent.trim()}: ${told.formatRange(move.since, move.until)}`;
  const plans = move.row.dataset.plans.split(" ");
  for (const button of form.querySelectorAll("[data-saves]")) {
    const kind = button.dataset.saves;
    button.hidden = move.form ? kind !== move.form : !plans.includes(kind);
  }
  const values = {
    "x-instead": move.instead,
    "f-person": move.row.dataset.person,
    "f-since": move.isBegun ? "" : written(move.since),
    "f-until": written(move.until),
  };
  for (const [name, value] of Object.entries(values)) form.elements.namedItem(name).value = value;
}

function save() {
  const form = formOf(move.table);
  offer();
  const usual = form.querySelector("[data-saves]:not([hidden])");
  if (form.querySelectorAll("[data-saves]:not([hidden])").length === 1) form.requestSubmit(usual);
  else usual.focus();
}

function giveBack() {
  if (move) putAway()?.focus();
}

function putAway() {
  const { table, source, ghost } = move;
  move = null;
  ghost.remove();
  formOf(table).hidden = true;
  return source;
}
