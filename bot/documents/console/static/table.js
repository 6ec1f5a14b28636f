/* The rows of the table: brought up to date where they stand, and one of them in focus. New ones are only announced. */
import { ask } from "./ask.js";

const table = () => document.querySelector("table.tickets");
const rows = () => [...document.querySelectorAll("#rows > tr")];
const fresh = new Set();

export function begin() {
  if (!table()) return;
  document.addEventListener("desk:changed", ({ detail }) => change(detail));
  document.addEventListener("desk:found", () => change({ tickets: [], is_more: true }));
  document.getElementById("fresh").addEventListener("click", () => location.reload());
  document.getElementById("order").addEventListener("change", (event) => event.target.form.requestSubmit());
  document.getElementById("rows").addEventListener("focusin", (event) => mark(event.target.closest("tr")));
  document.addEventListener("change", (event) => event.target.name === "pick" && count());
  count();
}

async function change({ tickets, is_more: isMore }) {
  const there = rows().map((row) => row.dataset.reference);
  const shown = isMore ? there : there.filter((each) => tickets.includes(each));
  const others = [...new Set([...tickets.filter((each) => !there.includes(each)), ...fresh])];
  if (!shown.length && !others.length) return;
  const given = new FormData();
  given.append("shown", JSON.stringify(shown));
  given.append("others", JSON.stringify(others));
  const list = table().dataset.list.replace("/console/tickets", "/console/rows");
  const answer = await ask(list, given);
  if (!answer?.rows) return;
  for (const [reference, html] of Object.entries(answer.rows)) put(reference, html);
  for (const reference of answer.gone) document.getElementById(`row-${reference}`)?.classList.add("waits");
  fresh.clear();
  answer.fresh.forEach((each) => fresh.add(each));
  announce(answer.announced);
}

function put(reference, html) {
  const old = document.getElementById(`row-${reference}`);
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

function mark(row) {
  if (!row) return;
  focused()?.classList.remove("is-focus");
  row.classList.add("is-focus");
}

export function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(focused());
  const to = all[Math.min(Math.max(at < 0 ? 0 : at + step, 0), all.length - 1)];
  mark(to);
  to.querySelector(".number a").focus();
  to.scrollIntoView({ block: "nearest" });
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
}
