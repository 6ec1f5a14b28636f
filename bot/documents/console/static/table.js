/* The rows of the table: brought up to date where they stand, and one of them in focus. New ones are only announced. */
import { ask } from "./ask.js";

const table = () => document.querySelector("table.tickets");
const rows = () => [...document.querySelectorAll("#rows > tr")];
const LATER_MS = 1000;
const COUNTED_MS = 5000;
const fresh = new Set();
const others = new Set();
let later = null;
let counting = null;
let countedAt = -COUNTED_MS;

export function begin() {
  if (!table()) return;
  document.addEventListener("desk:changed", ({ detail }) => change(detail));
  document.addEventListener("desk:found", () => change({ tickets: [], is_more: true }));
  for (const kind of ["changed", "found", "done"]) document.addEventListener(`desk:${kind}`, countLater);
  document.getElementById("fresh").addEventListener("click", () => location.reload());
  document.getElementById("order").addEventListener("change", (event) => event.target.form.requestSubmit());
  document.getElementById("rows").addEventListener("focusin", (event) => {
    if (document.getElementById("panel").offsetParent === null) mark(event.target.closest("tr"));
  });
  document.addEventListener("change", (event) => event.target.name === "pick" && count());
  count();
}

/* Rows that came with the news are shown at once. Whether the list has others now is asked a little later, by each
   console at a moment of its own. */
async function change({ tickets, is_more: isMore, rows: made = {} }) {
  const there = rows().map((row) => row.dataset.reference);
  for (const [reference, html] of Object.entries(made)) put(reference, html);
  const changed = isMore ? there : there.filter((each) => tickets.includes(each));
  const shown = changed.filter((each) => !(each in made));
  tickets.filter((each) => !there.includes(each)).forEach((each) => others.add(each));
  if (shown.length || isMore) await look(shown);
  else if (others.size) later ??= setTimeout(() => look([]), LATER_MS * (1 + Math.random()));
}

async function look(shown) {
  clearTimeout(later);
  later = null;
  if (!shown.length && !others.size) return;
  const given = new FormData();
  given.append("shown", JSON.stringify(shown));
  given.append("others", JSON.stringify([...new Set([...others, ...fresh])]));
  others.clear();
  const list = table().dataset.list.replace("/console/tickets", "/console/rows");
  const answer = await ask(list, given);
  if (!answer?.rows) return;
  for (const [reference, html] of Object.entries(answer.rows)) put(reference, html);
  for (const reference of answer.gone) rowOf(reference)?.classList.add("waits");
  fresh.clear();
  answer.fresh.forEach((each) => fresh.add(each));
  announce(answer.announced);
}

/* How many there are is asked more rarely than rows change, and by each console at a moment of its own. */
function countLater() {
  const rested = countedAt + COUNTED_MS - performance.now();
  counting ??= setTimeout(countAgain, Math.max(LATER_MS * (0.5 + Math.random()), rested));
}

async function countAgain() {
  counting = null;
  countedAt = performance.now();
  const given = new FormData();
  given.append("counted", "1");
  const answer = await ask(table().dataset.list.replace("/console/tickets", "/console/rows"), given);
  if (!answer?.views) return;
  const views = document.querySelector("#views ul");
  const at = views.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  views.innerHTML = answer.views;
  if (at !== null) views.querySelector(`a[href="${CSS.escape(at)}"]`)?.focus();
  if (answer.found) document.getElementById("range").textContent = answer.found;
}

function put(reference, html) {
  const old = rowOf(reference);
  if (!old) return;
  const read = document.createElement("tbody");
  read.innerHTML = html;
  const now = read.querySelector("tr");
  const cells = [...old.cells];
  [...now.cells].forEach((cell, place) => {
    if (place > 0 && cells[place] && cells[place].outerHTML !== cell.outerHTML) {
      const had = cells[place].contains(document.activeElement);
      cells[place].replaceWith(cell);
      if (had) cell.querySelector("a")?.focus();
      old.classList.add("has-changed");
    }
  });
  old.classList.toggle("waits", now.classList.contains("waits"));
  setTimeout(() => old.classList.remove("has-changed"), 2000);
}

function announce(text) {
  const button = document.getElementById("fresh");
  button.hidden = !text;
  if (button.textContent !== text) button.textContent = text;
}

export function focused() {
  return document.querySelector("tr.is-focus");
}

export function rowOf(reference) {
  return document.getElementById(`row-${reference}`);
}

/* One row is chosen; a ticket beside the table, whether the table has it or not, is the one. */
export function mark(row) {
  focused()?.classList.remove("is-focus");
  row?.classList.add("is-focus");
}

export function move(step) {
  const all = rows();
  if (!all.length) return null;
  const at = all.indexOf(focused());
  const to = all[Math.min(Math.max(at < 0 ? 0 : at + step, 0), all.length - 1)];
  mark(to);
  to.querySelector(".number a").focus();
  to.scrollIntoView({ block: "nearest" });
  return to;
}

export function pick() {
  const box = focused()?.querySelector("input[name=pick]");
  if (!box) return;
  box.checked = !box.checked;
  count();
}

function count() {
  const many = document.querySelectorAll("input[name=pick]:checked").length;
  document.getElementById("bulk-picked").disabled = many === 0;
  document.getElementById("picked").textContent = many || "";
}
