/* All commands that somebody may use on the ticket in focus, found by typing. */
import { ask } from "./ask.js";
import { show as showDialog } from "./dialog.js";
import { open as openDeed } from "./deeds.js";

let verbs = [];
let ticket = "";
let at = 0;

export async function show(reference) {
  ticket = reference;
  const answer = await ask(`/console/verbs?ticket=${encodeURIComponent(reference)}`);
  if (!answer?.verbs) return;
  verbs = answer.verbs;
  at = 0;
  const dialog = showDialog(document.getElementById("palette").innerHTML);
  const title = dialog.querySelector("h2");
  if (ticket) title.textContent = `${title.textContent} · ${ticket}`;
  const box = dialog.querySelector("input");
  box.addEventListener("input", () => {
    at = 0;
    draw(dialog);
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      at = Math.min(Math.max(at + step, 0), fitting(dialog).length - 1);
      draw(dialog);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      choose(fitting(dialog)[at]);
    }
  });
  dialog.querySelector(".verbs").addEventListener("click", (event) => {
    const line = event.target.closest("li");
    if (line) choose(verbs.find((each) => each.verb === line.dataset.verb));
  });
  draw(dialog);
  box.focus();
}

function fitting(dialog) {
  const words = dialog.querySelector("input").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const text = (each) => `${each.typed} ${each.about}`.toLocaleLowerCase();
  const found = verbs.filter((each) => words.every((word) => text(each).includes(word)));
  const begins = (each) => (words.length && each.verb.split(" ").slice(1).join(" ").startsWith(words[0]) ? 0 : 1);
  return found.sort((one, other) => begins(one) - begins(other)).slice(0, 60);
}

function draw(dialog) {
  const list = dialog.querySelector(".verbs");
  list.replaceChildren(
    ...fitting(dialog).map((each, place) => {
      const line = document.createElement("li");
      const typed = document.createElement("code");
      const about = document.createElement("span");
      typed.textContent = each.typed;
      about.textContent = each.about;
      line.append(typed, about);
      line.id = `verb-${place}`;
      line.dataset.verb = each.verb;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", String(place === at));
      return line;
    }),
  );
  const chosen = list.children[at];
  dialog.querySelector("input").setAttribute("aria-activedescendant", chosen?.id ?? "");
  chosen?.scrollIntoView({ block: "nearest" });
}

function choose(verb) {
  if (!verb) return;
  const back = location.pathname + location.search;
  const asked = new URLSearchParams({ verb: verb.verb, ticket: verb.on_ticket || takesTicket(verb) ? ticket : "", back });
  openDeed(`/console/do?${asked}`);
}

/* Some commands are about a ticket without working on it, such as who asked for it. */
function takesTicket(verb) {
  return ticket !== "" && verb.reads;
}
