/* Light, dark, or as the system says. The choice is kept in this browser. */

import { fill, icon, unseen } from "./dom.js";
import { words } from "./words.js";

const KEY = "deskbell:theme";
const PICTURES = { auto: "auto", light: "sun", dark: "moon" };
const NEXT = { auto: "light", light: "dark", dark: "auto" };

/** Apply the kept choice at once, before anything is drawn. */
export function applyTheme() {
  const theme = current();
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function themeButton() {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "tool-button" });
  button.dataset.testid = "theme";
  const draw = () => {
    const label = words(`theme.${current()}`);
    button.title = label;
    fill(button, icon(PICTURES[current()]), unseen(label));
  };
  button.addEventListener("click", () => {
    localStorage.setItem(KEY, NEXT[current()]);
    applyTheme();
    draw();
  });
  draw();
  return button;
}

function current() {
  const kept = localStorage.getItem(KEY);
  return kept in PICTURES ? kept : "auto";
}
