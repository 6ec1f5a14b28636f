/* Building elements. Everything on the page is made here from text and attributes, never from markup:
   what a person typed cannot become HTML, nor turn around the words beside it. */

import { balanced } from "./bidi.js";

/** Make an element; `on` holds listeners, `dataset` data attributes; null and false leave things out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) assign(element, name, value);
  element.append(...present(children));
  return element;
}

/** Replace all children of `element`. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

/** Text for screen readers alone. */
export function unseen(text) {
  return h("span", { class: "visually-hidden" }, text);
}

/** A new key for something sent once, so that a retry never doubles it. */
export function freshKey() {
  return crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint32Array(4))].join("-");
}

/** Whether the keyboard is at work in a text field, so that single letters are not shortcuts. */
export function isTyping(target) {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

const SVG = "http://www.w3.org/2000/svg";

/** One of the line icons below, hidden from screen readers: the button it sits in carries the words. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const ICONS = {
  attach:
    "M15.5 9.2l-5.6 5.6a3.6 3.6 0 0 1-5.1-5.1l6-6a2.4 2.4 0 0 1 3.4 3.4l-5.8 5.8a1.2 1.2 0 0 1-1.7-1.7l5.2-5.2",
  auto: "M10 3.5a6.5 6.5 0 1 0 0 13zM10 3.5a6.5 6.5 0 0 1 0 13",
  bell: "M4 14a6 6 0 0 1 12 0zM3 16.5h14M10 8V5.5M8.8 4.5h2.4",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  chevron: "M6 8l4 4 4-4",
  close: "M5 5l10 10M15 5L5 15",
  down: "M10 4v11M5.5 10.5L10 15l4.5-4.5",
  edit: "M4 16l.8-3.4L13.4 4l2.6 2.6-8.6 8.6zM11.8 5.6l2.6 2.6",
  file: "M6 3.5h5.5L15 7v9.5H6zM11.5 3.5V7H15",
  forward: "M3.5 5.5v9l6.5-4.5zM10 5.5v9l6.5-4.5z",
  home: "M3.5 9.5L10 4l6.5 5.5M5.5 8.2v8h9v-8M8.5 16v-4.5h3V16",
  lock: "M6 9V7a4 4 0 0 1 8 0v2M5 9h10v7.5H5z",
  menu: "M3.5 6h13M3.5 10h13M3.5 14h13",
  moon: "M15.8 12.2A6.3 6.3 0 0 1 7.8 4.2a6.3 6.3 0 1 0 8 8z",
  question:
    "M7.6 7.6a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2.9-1.2 1.8M10 14.3v.2M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14z",
  send: "M3.5 10.2L16.5 4l-4.2 12.5-2.9-4.9zM9.4 11.6L16.5 4",
  sun: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M15.7 4.3l-1.3 1.3M5.6 14.4l-1.3 1.3",
  tab: "M8.5 4.5H4.5v11h11v-4M11.5 4.5h4v4M15 5l-6 6",
  thread: "M4 4.5h12v8.5H9.5L6 16v-3H4zM7 7.5h6M7 10h4",
  ticket:
    "M3.5 6h13v2.3a1.7 1.7 0 0 0 0 3.4V14h-13v-2.3a1.7 1.7 0 0 0 0-3.4zM12 6.5v1.4M12 9.3v1.4M12 12.1v1.4",
  trash: "M4.5 6h11M8 6V4.2h4V6M6 6l.7 10h6.6L14 6M8.6 8.8v4.6M11.4 8.8v4.6",
};

function assign(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on")
    for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
  else if (name === "dataset") Object.assign(element.dataset, value);
  else if (name === "value") element.value = value;
  else element.setAttribute(name, value === true ? "" : value);
}

function present(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (typeof child === "string" ? balanced(child) : child));
}
