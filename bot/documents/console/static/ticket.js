/* A ticket on its page or beside the table: brought up to date where it stands, without what is being written. */
import { ask } from "./ask.js";
import { restore } from "./drafts.js";

export const article = () => document.querySelector("article.ticket");

export function begin() {
  document.addEventListener("desk:changed", ({ detail }) => {
    const shown = article()?.dataset.ticket;
    if (shown && (detail.is_more || detail.tickets.includes(shown))) refresh();
  });
  document.addEventListener("desk:done", refresh);
  document.addEventListener("desk:found", refresh);
  document.addEventListener("desk:present", ({ detail }) => {
    const line = document.getElementById("looking");
    if (line) line.textContent = detail.text;
  });
}

/* "" where there is no such ticket for them, null where the desk could not be asked. */
export async function part(reference) {
  const back = encodeURIComponent(location.pathname + location.search);
  const answer = await ask(`/console/tickets/${encodeURIComponent(reference)}?back=${back}`);
  return answer ? (answer.part ?? "") : null;
}

export async function refresh() {
  const old = article();
  if (!old) return;
  const html = (await part(old.dataset.ticket)) ?? "";
  const read = document.createElement("template");
  read.innerHTML = html;
  const now = read.content.querySelector("article.ticket");
  if (!now || old !== article()) return;
  replace(old, now, ".ticket-head .heading");
  if (!old.querySelector("details.menu[open]")) replace(old, now, ".ticket-head .deeds");
  replace(old, now, "#writers");
  replace(old, now, ".lines");
  replace(old, now, ".about dl");
  replace(old, now, ".clocks-place");
  for (const kind of ["reply", "note"]) box(old, now, kind);
  stillWriting(old);
  restore(old);
}

/* What was opened stays open. The focus stays on what was pressed, or comes to the heading where that is there no more. */
function replace(old, now, what) {
  const before = old.querySelector(what);
  const after = now.querySelector(what);
  if (!before || !after || before.innerHTML === after.innerHTML) return;
  const pressed = before.contains(document.activeElement) ? document.activeElement : null;
  const folds = after.querySelectorAll("details");
  before.querySelectorAll("details").forEach((each, place) => each.open && folds[place]?.setAttribute("open", ""));
  before.replaceWith(after);
  if (!pressed) return;
  const verb = pressed.dataset.verb;
  (verb && after.querySelector(`[data-verb="${verb}"]`) ? after.querySelector(`[data-verb="${verb}"]`) : old.querySelector("h1"))?.focus();
}

/* What a box said of others who write holds until they have sent it or left. */
function stillWriting(old) {
  const text = old.querySelector("#writers")?.textContent.trim() ?? "";
  for (const line of old.querySelectorAll(".meanwhile:not([hidden])")) {
    line.textContent = text;
    line.hidden = !text;
  }
}

/* A box that holds words stays; what it brings along is new, so that it is sent once more as something new. */
function box(old, now, kind) {
  const before = old.querySelector(`form.${kind}`);
  const after = now.querySelector(`form.${kind}`);
  if (before && after) before.elements.key.value = after.elements.key.value;
  else if (before && !before.elements["f-text"].value) before.remove();
  else if (!before && after) old.querySelector(".talk").append(after);
}
