/* A ticket beside the table, on screens that have room for both. */
import { leave, restore } from "./drafts.js";
import { open as listen } from "./live.js";
import { article, part } from "./ticket.js";

const ROOM = window.matchMedia("(min-width: 64rem)");
const panel = () => document.getElementById("panel");

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
}

export async function open(reference, { field = "" } = {}) {
  if (!panel() || !ROOM.matches) {
    location.assign(`/console/tickets/${encodeURIComponent(reference)}${field ? `#${field}` : ""}`);
    return;
  }
  const html = article()?.dataset.ticket === reference && !panel().hidden ? null : await part(reference);
  if (html === "") return;
  if (html !== null) {
    put(html, reference);
  }
  (document.getElementById(field) ?? panel().querySelector("h1"))?.focus();
}

function put(html, reference) {
  panel().querySelectorAll("form[data-draft]").forEach(leave);
  const bar = document.getElementById("panel-bar").content.cloneNode(true);
  bar.querySelector("a").href = `/console/tickets/${encodeURIComponent(reference)}`;
  panel().innerHTML = html;
  panel().prepend(bar);
  panel().hidden = false;
  document.getElementById("main").classList.add("with-panel");
  restore(panel());
  listen(panel().querySelector("[data-live-ticket]")?.dataset.liveTicket ?? "");
}

export function close() {
  if (!panel() || panel().hidden) return false;
  panel().querySelectorAll("form[data-draft]").forEach(leave);
  panel().hidden = true;
  panel().innerHTML = "";
  document.getElementById("main").classList.remove("with-panel");
  listen("");
  document.querySelector("tr.is-focus a")?.focus();
  return true;
}
