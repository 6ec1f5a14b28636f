/* The desk's buttons under a card, a notice or a private reply. While one is being pressed all of them
   wait: they stay focusable (so the keyboard does not lose its place) but do nothing. */

import { h, icon } from "./dom.js";
import { showMenu } from "./popover.js";
import { words } from "./words.js";

/** `press(button, which)`: `which` is an index, or `{menu: index}` for the menu's entries, behind `menuLabel`; `isBusy()` whether to wait; `reader` the id of who looks. */
export function buttonRow({ buttons = [], menu = [], menuLabel = words("buttons.more"), isBusy, press, label, reader }) {
  const shown = offered(buttons, reader);
  const entries = offered(menu, reader);
  if (!shown.length && !entries.length) return null;
  const row = h("div", { class: "buttons", role: "group", "aria-label": label });
  row.append(
    ...shown.map(({ button, index }) => deskButton(button, { isBusy, run: () => press(button, index) })),
  );
  if (entries.length) row.append(menuButton(entries, { isBusy, press, label, menuLabel }));
  showBusy(row, isBusy());
  return row;
}

/** Those that are for this reader, with their places among all. */
function offered(buttons, reader) {
  return buttons
    .map((button, index) => ({ button, index }))
    .filter(({ button }) => !reader || button.not_for !== reader);
}

/** Mark all of the desk's buttons inside `element` as waiting, or as ready again. */
export function showBusy(element, isBusy) {
  for (const button of element.querySelectorAll("[data-testid='card-button']")) {
    if (isBusy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

function deskButton(button, { isBusy, run }) {
  const classes = ["button", button.primary && "button--primary", button.dangerous && "button--dangerous"];
  const look = classes.filter(Boolean).join(" ");
  if (button.url) {
    const dataset = { testid: "card-link", label: button.label, focus: `button:${button.label}` };
    return h("a", { class: look, href: button.url, target: "_blank", rel: "noreferrer", dataset }, button.label);
  }
  return h(
    "button",
    {
      type: "button",
      class: look,
      "aria-haspopup": button.opens_form ? "dialog" : null,
      dataset: { testid: "card-button", label: button.label, focus: `button:${button.label}` },
      on: { click: () => isBusy() || run() },
    },
    button.label,
  );
}

function menuButton(menu, { isBusy, press, label, menuLabel }) {
  const items = menu.map(({ button, index }) => ({
    label: button.label,
    isDangerous: button.dangerous,
    run: () => press(button, { menu: index }),
  }));
  const open = (event) => {
    if (!isBusy()) 
      showMenu(event.currentTarget, items, {
        label: words("buttons.menu", { menu: menuLabel.replace("…", ""), about: label }),
      });
  };
  return h(
    "button",
    {
      type: "button",
      class: "button button--more",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      dataset: { testid: "card-button", label: menuLabel, focus: `button:${menuLabel}` },
      on: { click: open },
    },
    menuLabel,
    icon("chevron"),
  );
}
