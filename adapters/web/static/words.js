/* The page's words in its reader's language. The page brings them along, and the server those of a person who reads
   another; what a language lacks they have in English.

   A text has `{name}` where something is put in. One that counts is an object of plural forms, and `count`
   chooses among them. Numbers are written as the language writes them. */

const FALLBACK = "en";
const LOCALES = { en: "en-GB" };
/* English with days before months, as the rest of the world writes it. */

let spoken = null;

/** Speak the language of these words, `{language, texts}`; without any, that of the page as it was sent. */
export function speak(pack = JSON.parse(document.getElementById("words").textContent)) {
  const name = LOCALES[pack.language] ?? pack.language;
  spoken = { ...pack, plurals: new Intl.PluralRules(name), numbers: new Intl.NumberFormat(name) };
  document.documentElement.lang = pack.language;
  for (const element of document.querySelectorAll("[data-words]"))
    element.textContent = words(element.dataset.words);
  for (const element of document.querySelectorAll("[data-words-label]"))
    element.setAttribute("aria-label", words(element.dataset.wordsLabel));
}

/** The code of the language that is spoken. */
export function language() {
  return spoken?.language ?? FALLBACK;
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
  const entry = spoken?.texts[key];
  if (entry === undefined) return [key]; // better a riddle than an empty page
  const form =
    typeof entry === "string" ? entry : (entry[spoken.plurals.select(facts.count)] ?? entry.other);
  return form.split(/\{(\w+)\}/).map((piece, index) => (index % 2 ? written(facts[piece]) : piece));
}

function written(fact) {
  return typeof fact === "number" ? spoken.numbers.format(fact) : fact;
}
