/* What may be meant while somebody types a search, or a person in a form. */
import { ask } from "./ask.js";

const PAUSE_MS = 150;
let waits = 0;

export function begin() {
  const box = document.getElementById("q");
  if (!box) return;
  box.addEventListener("input", () => {
    clearTimeout(waits);
    waits = setTimeout(() => offer(box), PAUSE_MS);
  });
}

async function offer(box) {
  const asked = new URLSearchParams({ verb: "desk search", option: "query", typed: box.value });
  const answer = await ask(`/console/values?${asked}`);
  const list = document.getElementById("q-values");
  list.replaceChildren(
    ...(answer?.values ?? []).map(([value, label]) => {
      const option = document.createElement("option");
      option.value = value;
      option.label = label;
      return option;
    }),
  );
}
