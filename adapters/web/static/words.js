/* The page's words in its reader's language: a JSON file a language, and English for what one lacks.

   A text has `{name}` where something is put in. One that counts is an object of plural forms, and `count`
   chooses among them. Numbers are written as the language writes them. */

const FALLBACK = "en";
const LOCALES = { en: "en-GB" };
/* English with days before months, as the rest of the world writes it. */

let packs = [];

/** Read in the first of these languages that there is; null and unknown ones are passed over. */
export async function speak(wanted) {
  const root = document.documentElement;
  const known = root.dataset.languages.split(" ");
  const bases = wanted.filter(Boolean).map((each) => each.split("-")[0].toLowerCase());
  const language = bases.find((each) => known.includes(each)) ?? FALLBACK;
  packs = await Promise.all([...new Set([language, FALLBACK])].map(pack));
  root.lang = language;
  for (const element of document.querySelectorAll("[data-words]"))
    element.textContent = words(element.dataset.words);
  for (const element of document.querySelectorAll("[data-words-label]"))
    element.setAttribute("aria-label", words(element.dataset.wordsLabel));
}

/** The code of the language that is spoken. */
export function language() {
  return packs[0]?.language ?? FALLBACK;
}

/** Its name for `Intl`. */
export function locale() {
  return LOCALES[language()] ?? language();
}

/** The text as a string. */
export function words(key, facts = {}) {
  return say(key, facts).join("");
}

/** The text in pieces, of which those that `facts` give may be elements. */
export function say(key, facts = {}) {
  const found = packs.find((each) => key in each.texts);
  if (!found) return [key]; // the files did not load: better a riddle than an empty page
  const entry = found.texts[key];
  const form =
    typeof entry === "string" ? entry : (entry[found.plurals.select(facts.count)] ?? entry.other);
  return form.split(/\{(\w+)\}/).map((piece, index) => (index % 2 ? written(facts[piece], found) : piece));
}

function written(fact, { numbers }) {
  return typeof fact === "number" ? numbers.format(fact) : fact;
}

async function pack(language) {
  const name = LOCALES[language] ?? language;
  const response = await fetch(`/static/words/${language}.json`).catch(() => null);
  return {
    language,
    texts: response?.ok ? await response.json() : {},
    plurals: new Intl.PluralRules(name),
    numbers: new Intl.NumberFormat(name),
  };
}
