/* What somebody has begun to write is kept in their browser, for each ticket and kind, until it is sent. Whoever
   begins to write is known to others who answer the same ticket. */
import { ask } from "./ask.js";

const named = (form) => `draft:${form.dataset.draft}`;
const begun = new WeakSet();

export function begin() {
  restore(document);
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (!form || event.target.name !== "f-text") return;
    keep(named(form), event.target.value);
    if (event.target.value.trim()) writes(form);
  });
  document.addEventListener("desk:sent", (event) => {
    keep(named(event.target), "");
    begun.delete(event.target);
    clear(event.target);
  });
  window.addEventListener("pagehide", () => document.querySelectorAll("form[data-draft]").forEach(leave));
}

export function restore(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) {
    const kept = read(named(form));
    const box = form.elements["f-text"];
    if (kept && !box.value) box.value = kept;
  }
}

/* Asking for the form is how the desk learns that somebody answers, and says who else does. */
async function writes(form) {
  if (begun.has(form)) return;
  begun.add(form);
  const answer = await ask(`${form.getAttribute("action")}&typed=1`);
  const read = document.createElement("template");
  read.innerHTML = answer?.part ?? "";
  const notice = read.content.querySelector(".notice")?.textContent ?? "";
  const line = form.querySelector(".meanwhile");
  line.textContent = notice;
  line.hidden = !notice;
}

export function leave(form) {
  if (!begun.delete(form)) return;
  const token = document.querySelector('meta[name="form-token"]')?.content ?? "";
  const given = new FormData();
  given.append("token", token);
  navigator.sendBeacon(form.getAttribute("action").replace("/console/do", "/console/closed"), given);
}

function clear(form) {
  form.querySelector(".meanwhile").hidden = true;
  form.querySelector(".problem").hidden = true;
  form.elements["f-text"].removeAttribute("aria-invalid");
}

/* A browser that keeps nothing for sites goes without. */
function keep(name, text) {
  try {
    if (text) localStorage.setItem(name, text);
    else localStorage.removeItem(name);
  } catch {
    return;
  }
}

function read(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}
