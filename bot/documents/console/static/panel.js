/* A ticket beside the table, on screens that have room for both. It is the one that is chosen: the table marks its row,
   keys act on it, and the address names it, so that Back closes it and a link or loading again opens it. */
import { leave, restore } from "./drafts.js";
import { open as listen } from "./live.js";
import { focused, mark, rowOf } from "./table.js";
import { article, part } from "./ticket.js";

const ROOM = window.matchMedia("(min-width: 64rem)");
const panel = () => document.getElementById("panel");
const shown = () => (panel().hidden ? "" : (article()?.dataset.ticket ?? ""));
let wanted = "";
let loading = null;
let leaving = null;

export function begin() {
  if (!panel()) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-open]");
    if (link && !(event.ctrlKey || event.metaKey || event.shiftKey) && event.button === 0 && ROOM.matches) {
      event.preventDefault();
      open(link.closest("tr").dataset.reference);
    }
    if (event.target.closest("[data-close-panel]")) close();
  });
  window.addEventListener("popstate", () => {
    if (named()) ROOM.matches && open(named());
    else if (!location.hash) close();
  });
  if (named() && ROOM.matches) open(named());
  else if (named()) location.replace(pageOf(named()));
}

export function isOpen() {
  return Boolean(ROOM.matches && panel() && !panel().hidden);
}

/* The ticket that is chosen, which may still be on its way; "" where none is beside the table. */
export function chosen() {
  return ROOM.matches ? wanted : "";
}

/* Until what is shown is what was chosen last. */
export async function settled() {
  await loading;
}

/* `isFollowing`: the focus stays in the table. */
export async function open(reference, { field = "", isFollowing = false } = {}) {
  if (!panel() || !ROOM.matches) {
    location.assign(`${pageOf(reference)}${field ? `#${field}` : ""}`);
    return;
  }
  wanted = reference;
  loading ??= load().finally(() => {
    loading = null;
  });
  await loading;
  if (wanted !== reference || shown() !== reference) return;
  mark(rowOf(reference));
  if (!isFollowing) (document.getElementById(field) ?? panel().querySelector("h1"))?.focus();
  await leaving;
  if (shown() === reference) address(reference);
}

/* One at a time: whoever goes on quickly asks for where they stop. */
async function load() {
  while (wanted && wanted !== shown()) {
    const reference = wanted;
    panel().setAttribute("aria-busy", "true");
    const html = await part(reference);
    panel().removeAttribute("aria-busy");
    if (wanted !== reference) continue;
    if (html) put(html, reference);
    else if (html === "") close();
    else {
      wanted = shown();
      if (wanted) mark(rowOf(wanted));
    }
    if (!html) return;
  }
}

function put(html, reference) {
  panel().querySelectorAll("form[data-draft]").forEach(leave);
  const bar = document.getElementById("panel-bar").content.cloneNode(true);
  bar.querySelector("a").href = pageOf(reference);
  panel().innerHTML = html;
  panel().prepend(bar);
  panel().hidden = false;
  panel().scrollTop = 0;
  document.getElementById("main").classList.add("with-panel");
  restore(panel());
  listen(panel().querySelector("[data-live-ticket]")?.dataset.liveTicket ?? "");
}

export function close() {
  wanted = "";
  if (!panel() || panel().hidden) return;
  panel().querySelectorAll("form[data-draft]").forEach(leave);
  panel().hidden = true;
  panel().innerHTML = "";
  document.getElementById("main").classList.remove("with-panel");
  listen("");
  focused()?.querySelector("a")?.focus();
  address("");
}

const pageOf = (reference) => `/console/tickets/${encodeURIComponent(reference)}`;

/* The ticket that the address names. */
function named() {
  return /^#([A-Za-z][A-Za-z0-9]*-\d+)$/.exec(location.hash)?.[1] ?? "";
}

/* One step back leads from a ticket to the table alone, however many were looked at. */
function address(reference) {
  if (named() === reference) return;
  const isOurs = Boolean(history.state?.beside);
  if (reference && !isOurs && !named()) history.pushState({ beside: true }, "", `#${reference}`);
  else if (reference) history.replaceState(history.state, "", `#${reference}`);
  else if (!isOurs) history.replaceState(null, "", location.pathname + location.search);
  else {
    leaving = new Promise((done) => window.addEventListener("popstate", done, { once: true }));
    history.back();
  }
}
