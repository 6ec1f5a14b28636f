/* What may be meant while somebody types a search, or an option in a form. */
import { ask } from "./ask.js";

const PAUSE_MS = 150;
let waits = 0;

export function begin() {
  document.addEventListener("input", ({ target }) => {
    const asked = askedOf(target);
    if (!asked) return;
    clearTimeout(waits);
    waits = setTimeout(() => offer(target, asked), PAUSE_MS);
  });
}

function askedOf(box) {
  if (box.id === "q") return { verb: "desk search", option: "query" };
  const form = box.closest?.("form[data-verb]");
  if (!form || box.type !== "text" || !box.name.startsWith("f-")) return null;
  const ticket = new URL(form.action).searchParams.get("ticket") ?? "";
  return { verb: form.dataset.verb, option: box.name.slice(2), ticket };
}

async function offer(box, asked) {
  const answer = await ask(`/console/values?${new URLSearchParams({ ...asked, typed: box.value })}`);
  const id = `${box.id}-values`;
  let list = document.getElementById(id);
  if (!list) {
    list = document.createElement("datalist");
    list.id = id;
    box.after(list);
    box.setAttribute("list", id);
  }
  list.replaceChildren(
    ...(answer?.values ?? []).map(([value, label]) => {
      const option = document.createElement("option");
      option.value = value;
      option.label = label;
      return option;
    }),
  );
}
