/* Several of many, as boxes to tick: one stop for Tab, arrows between the boxes, and all or none at a press. */

import { h } from "./dom.js";
import { words } from "./words.js";

/** `choices` are `[value, label]`, `value` the ticked ones with commas between, as `read()` gives them. */
export function tickBoxes({ choices, value }, { id, dataset, ...attributes }) {
  const ticked = new Set(value.split(","));
  const boxes = choices.map(([each], index) =>
    h("input", {
      type: "checkbox",
      class: "ticks__box",
      id: `${id}-${index}`,
      value: each,
      checked: ticked.has(each),
      tabindex: index === 0 ? "0" : "-1",
    }),
  );
  const count = h("span", { class: "ticks__count", role: "status" });
  const list = h(
    "ul",
    { class: "ticks__list" },
    choices.map(([, label], index) =>
      h("li", {}, h("label", { class: "ticks__line", for: `${id}-${index}` }, boxes[index], h("span", { dir: "auto" }, label))),
    ),
  );
  const element = h(
    "div",
    {
      role: "group",
      id,
      dataset,
      "aria-labelledby": `${id}-label`,
      "aria-describedby": attributes["aria-describedby"],
      class: "ticks",
    },
    h("div", { class: "ticks__head" }, count, tickAll("form.all", true), tickAll("form.none", false)),
    list,
  );
  element.read = () =>
    boxes
      .filter(({ checked }) => checked)
      .map((box) => box.value)
      .join(",");
  element.focus = (options) => (list.querySelector("[tabindex='0']") ?? element).focus(options);
  element.addEventListener("input", tell);
  list.addEventListener("focusin", ({ target }) => reach(boxes.indexOf(target)));
  list.addEventListener("keydown", onKey);
  tell();
  return element;

  function tickAll(key, isTicked) {
    const press = () => {
      boxes.forEach((box) => (box.checked = isTicked));
      element.dispatchEvent(new Event("input", { bubbles: true }));
    };
    return h("button", { type: "button", class: "chip-button", dataset: { testid: key }, on: { click: press } }, words(key));
  }

  function tell() {
    const chosen = boxes.filter(({ checked }) => checked).length;
    count.textContent = words("form.ticked", { chosen, total: boxes.length });
  }

  function reach(index) {
    if (index >= 0) boxes.forEach((box, each) => (box.tabIndex = each === index ? 0 : -1));
  }

  function onKey(event) {
    const here = boxes.indexOf(event.target);
    const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: boxes.length - 1 }[event.key];
    if (here < 0 || target === undefined) return;
    event.preventDefault();
    boxes[Math.max(0, Math.min(boxes.length - 1, target))].focus();
  }
}
