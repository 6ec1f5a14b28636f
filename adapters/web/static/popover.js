/* Menus and small panels that float above the page. The browser closes them on Escape or an outside click;
   the keyboard moves inside them and comes back to where it was. */

import { h } from "./dom.js";
import { rememberFocus } from "./focus.js";

const GAP = 6;

/** Show `panel` beside `anchor`; answers a function that closes it. */
export function showPopover(anchor, panel) {
  const goBack = rememberFocus(anchor);
  panel.setAttribute("popover", "auto");
  document.body.append(panel);
  anchor.setAttribute("aria-expanded", "true");
  panel.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const hadFocus = panel.contains(document.activeElement) || document.activeElement === document.body;
    panel.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (hadFocus) goBack();
  });
  panel.addEventListener("keydown", moveInside);
  panel.showPopover();
  place(panel, anchor.getBoundingClientRect());
  (panel.querySelector("[aria-current]") ?? focusable(panel)[0])?.focus({ preventScroll: true });
  return () => panel.isConnected && panel.hidePopover();
}

/** A menu of `{label, detail, isDangerous, run}`. */
export function showMenu(anchor, items, { label }) {
  const choose = (item) => () => {
    close();
    item.run();
  };
  const entries = items.map((item) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        tabindex: "-1",
        class: item.isDangerous ? "menu__item menu__item--dangerous" : "menu__item",
        dataset: { testid: "menu-item", label: item.label },
        on: { click: choose(item) },
      },
      item.label,
    ),
  );
  const close = showPopover(
    anchor,
    h(
      "div",
      { class: "popover menu", role: "menu", "aria-label": label, dataset: { testid: "menu" } },
      entries,
    ),
  );
}

function place(panel, anchor) {
  const { width, height } = panel.getBoundingClientRect();
  const room = { width: document.documentElement.clientWidth, height: window.innerHeight };
  const isBelow = anchor.bottom + GAP + height <= room.height || anchor.top < height + GAP;
  const top = isBelow ? anchor.bottom + GAP : anchor.top - GAP - height;
  panel.style.top = `${Math.max(GAP, Math.min(top, room.height - height - GAP))}px`;
  panel.style.left = `${Math.max(GAP, Math.min(anchor.left, room.width - width - GAP))}px`;
}

function focusable(panel) {
  return [...panel.querySelectorAll("button, a[href]")].filter((element) => !element.disabled);
}

function moveInside(event) {
  const entries = focusable(event.currentTarget);
  const here = entries.indexOf(document.activeElement);
  const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (target === undefined || !entries.length) return;
  event.preventDefault();
  entries[(target + entries.length) % entries.length].focus();
}
