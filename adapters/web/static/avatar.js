/* A person's initials on a colour that is theirs everywhere: it depends on the name alone. */

import { h, icon } from "./dom.js";

const COLOURS = 8;

export function avatar(name, { isDesk = false, size = "" } = {}) {
  const classes = [
    "avatar",
    size && `avatar--${size}`,
    isDesk ? "avatar--desk" : `avatar--${colourOf(name)}`,
  ];
  return h(
    "span",
    { class: classes.filter(Boolean).join(" "), "aria-hidden": "true" },
    isDesk ? icon("bell") : initials(name),
  );
}

function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word][0].toLocaleUpperCase()).join("") || "?";
}

function colourOf(name) {
  let sum = 7;
  for (const character of name) sum = (sum * 31 + character.codePointAt(0)) >>> 0;
  return sum % COLOURS;
}
