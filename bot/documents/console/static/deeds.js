/* Buttons and forms that do something, without leaving the page: what is refused stays where it was typed. */
import { ask, fieldsOf, newKey } from "./ask.js";
import { close, show } from "./dialog.js";
import { tellHtml } from "./words.js";

const busy = new WeakSet();
/* The box whose words the open dialog asks about once more. */
let asking = null;
const WRITTEN = "form.write textarea, dialog form textarea, dialog form select, dialog form input:not([type=file])";

export function begin() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-deed]");
    if (!form) return;
    event.preventDefault();
    send(form, event.submitter);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-deed]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(link.href);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const box = event.target.closest?.(WRITTEN);
    if (!box) return;
    event.preventDefault();
    box.form.requestSubmit();
  });
  document.addEventListener("toggle", load, true);
}

export async function open(address) {
  const answer = await ask(address);
  if (answer) answered(answer, null);
}

async function send(form, button) {
  if (busy.has(form)) return;
  busy.add(form);
  const action = form.getAttribute("action");
  const answer = await ask(action, fieldsOf(form, button));
  busy.delete(form);
  if (answer) answered(answer, form);
}

function answered(answer, form) {
  if (answer.part === undefined && answer.said === undefined) return;
  const box = form?.closest(".write") ?? (form?.closest("dialog") ? asking : null);
  if (answer.part !== undefined) {
    if (form?.matches(".write") && answer.status === 422) return refuse(form, answer.part);
    asking = box;
    show(answer.part);
    return;
  }
  asking = null;
  close();
  if (box) {
    box.reset();
    box.dispatchEvent(new CustomEvent("desk:sent", { bubbles: true }));
  }
  tellHtml(answer.said);
  learnLater(answer);
  document.dispatchEvent(new CustomEvent("desk:done", { detail: { from: form } }));
}

function learnLater({ again }) {
  if (again) setTimeout(() => learn(again), again.after_s * 1000);
}

/* What became of a reply that was held back for a while, and how far a change of many tickets is. */
async function learn({ address, fields }) {
  const given = new FormData();
  given.append("key", newKey());
  for (const [name, value] of Object.entries(fields)) given.append(name, value);
  const answer = await ask(address, given);
  if (!answer?.said) return;
  tellHtml(answer.said);
  learnLater(answer);
  if (!answer.again) document.dispatchEvent(new CustomEvent("desk:done", { detail: {} }));
}

/* Beside what was typed, which stays. */
function refuse(box, part) {
  const read = document.createElement("template");
  read.innerHTML = part;
  const said = read.content.querySelector(".refused");
  const line = box.querySelector(".problem");
  line.textContent = (said?.querySelector("ul, p") ?? said)?.textContent.trim() ?? "";
  line.hidden = false;
  const field = box.querySelector("textarea");
  field.setAttribute("aria-invalid", "true");
  field.focus();
}

/* What stands beside a ticket and is only read when it is opened. */
async function load(event) {
  const more = event.target;
  if (!more.open || !more.dataset?.load || more.dataset.loaded) return;
  more.dataset.loaded = "yes";
  const answer = await ask(more.dataset.load);
  const body = more.querySelector(".more-body");
  if (!answer?.part) return;
  body.innerHTML = answer.part;
  body.querySelector(".deed-title")?.remove();
  body.querySelector(".deed-end")?.remove();
}
