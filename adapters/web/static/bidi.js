/* Direction marks that people type or paste end with their own words: whatever a text turns around (U+202E
   and its like) is turned back at the end of its line, and an end without a beginning is left out. */

const MARKS = /[\u202a-\u202e\u2066-\u2069]/;
const LINES = /[^\n\r\u0085\u2029]+/g;
const POP_EMBEDDING = "\u202c";
const POP_ISOLATE = "\u2069";
const EMBEDDINGS = "\u202a\u202b\u202d\u202e";
const ISOLATES = "\u2066\u2067\u2068";

/** The same text, every mark of which has its counterpart within its line. */
export function balanced(text) {
  return MARKS.test(text) ? text.replace(LINES, balancedLine) : text;
}

function balancedLine(line) {
  const open = [];
  let kept = "";
  for (const character of line) {
    if (EMBEDDINGS.includes(character)) open.push(POP_EMBEDDING);
    else if (ISOLATES.includes(character)) open.push(POP_ISOLATE);
    else if (character === POP_EMBEDDING && open.at(-1) !== character) continue;
    else if (character === POP_EMBEDDING) open.pop();
    else if (character === POP_ISOLATE && !open.includes(character)) continue;
    else if (character === POP_ISOLATE) open.length = open.lastIndexOf(character);
    kept += character;
  }
  return kept + open.reverse().join("");
}
