/* The desk's forms. What was typed is never lost: a refusal or a lost connection is shown inside the open
   form, and closing it keeps the values for the next time the same form is opened. */

import { Attachments } from "./attachments.js";
import { freshKey, h } from "./dom.js";
import { openDialog } from "./dialogs.js";
import { richText } from "./text-view.js";
import { tickBoxes } from "./tick-boxes.js";
import { words } from "./words.js";

const unfinished = new Map();

/** Show `form`; `submit(values, clientKey, files)` answers null, or `{sentence, isUnsure}` when not accepted. `closed()`
    is called when it is closed unsent. */
export function openForm(form, { session, submit, closed }) {
  const { people } = session;
  // A draft is of a form with these contents: what a button fills in is not hidden by an older draft.
  const contents = JSON.stringify([form.fixed ?? {}, form.fields.map(({ value }) => value ?? "")]);
  const draftKey = [form.verb, form.ticket, form.title, contents].join("\n");
  // What the desk gives back with a word about it goes before what was begun earlier.
  const isGivenBack = form.notice?.length && form.fields.some(({ value }) => value);
  const typed = (!isGivenBack && unfinished.get(draftKey)) || {};
  const fields = form.fields.map((field) =>
    fieldView(
      {
        ...field,
        value: typed[field.name] ?? valueOf(field),
        isNew: !form.ticket,
        canClear: Boolean(form.fixed?.asked),
      },
      people,
    ),
  );
  const files = form.takes_files ? new Attachments({ session, onChange: filesChanged }) : null;
  const problem = h("p", {
    class: "form__problem",
    role: "alert",
    dataset: { testid: "form-error" },
    hidden: true,
  });
  const send = h(
    "button",
    { type: "submit", class: "button button--primary", dataset: { testid: "form-submit" } },
    form.submit || words("form.send"),
  );
  const cancel = h(
    "button",
    { type: "button", class: "button", on: { click: () => dialog.close() } },
    words("cancel"),
  );
  const body = h(
    "form",
    { class: "form", novalidate: true, on: { submit: onSubmit, keydown: onKey } },
    form.notice?.length
      ? h(
          "div",
          { class: "form__notice", dataset: { testid: "form-notice" } },
          richText(form.notice, { session, calendar: session.calendar }),
        )
      : null,
    fields.map((field) => field.element),
    files && h("div", { class: "form__files" }, files.button, files.element),
    problem,
    h("div", { class: "dialog__foot" }, cancel, send),
  );
  const dialog = openDialog({ title: form.title, testid: "form-dialog", className: "dialog--form" }, body);
  let isAccepted = false;
  let isSendWanted = false;
  let key = freshKey();
  body.addEventListener("input", () => {
    key = freshKey();
  });
  dialog.addEventListener("close", () => {
    if (isAccepted) return unfinished.delete(draftKey);
    closed();
    return unfinished.set(draftKey, values());
  });
  fields[0]?.control.focus();

  function values() {
    return Object.fromEntries(fields.map(({ name, read }) => [name, read()]));
  }

  function onKey(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) body.requestSubmit();
  }

  /** What was to be sent goes once its files are there; where one failed, the person sees that first. */
  function filesChanged() {
    key = freshKey();
    if (files.isUploading || !isSendWanted) return;
    isSendWanted = false;
    if (!files.haveFailed) body.requestSubmit();
  }

  async function onSubmit(event) {
    event.preventDefault();
    if (send.disabled) return;
    isSendWanted = Boolean(files?.isUploading);
    if (isSendWanted) return;
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length) return wrong[0].control.focus();
    send.disabled = true;
    problem.hidden = true;
    const refusal = await submit(values(), key, files?.ids ?? []);
    send.disabled = false;
    isAccepted = refusal === null;
    if (isAccepted) return dialog.close();
    if (!refusal.isUnsure) key = freshKey();
    const blamed = fields.filter((field) => refusal.fields?.[field.name]);
    for (const field of blamed) field.blame(refusal.fields[field.name]);
    if (blamed.length) return blamed[0].control.focus();
    problem.textContent = refusal.sentence;
    problem.hidden = false;
    return undefined;
  }
}

/** What the field holds; a person here by their id, as one is chosen. */
function valueOf({ kind, value }) {
  return kind === "person" ? (value ?? "").replace(/^web:/, "") : (value ?? "");
}

function fieldView(field, people) {
  const id = `field-${field.name}`;
  const hint = field.kind === "person" ? "" : field.hint; // it says how to write a name; here one chooses
  const attributes = {
    id,
    name: field.name,
    class: "input",
    dir: "auto",
    "aria-required": field.required ? "true" : null,
    "aria-describedby": [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(" "),
    dataset: { field: field.name },
  };
  const control = controlFor(field, attributes, people);
  const error = h("p", { id: `${id}-error`, class: "field__error", hidden: true });
  const element = h(
    "div",
    { class: "field" },
    h(
      "label",
      { for: id, id: `${id}-label`, class: "field__label" },
      field.label,
      field.required ? null : h("span", { class: "field__optional" }, ` ${words("form.optional")}`),
    ),
    hint && h("p", { id: `${id}-hint`, class: "field__hint" }, hint),
    control,
    error,
  );
  const read = () => control.read?.() ?? control.value;
  const blame = (sentence) => {
    error.hidden = !sentence;
    error.textContent = sentence;
    control.setAttribute("aria-invalid", String(Boolean(sentence)));
  };
  const check = () => {
    const isMissing = field.required && !read().trim();
    blame(isMissing ? words("form.required") : "");
    return !isMissing;
  };
  control.addEventListener("input", () => error.hidden || check());
  return { name: field.name, element, control, check, read, blame };
}

function controlFor(field, attributes, people) {
  if (field.kind === "long_text") return h("textarea", { ...attributes, rows: "5", value: field.value });
  if (field.kind === "text" || field.kind === "date")
    return h("input", { ...attributes, type: field.kind, autocomplete: "off", value: field.value });
  if (field.kind === "number")
    // A browser's own input for numbers gives nothing for what it cannot read, so the desk reads it.
    return h("input", {
      ...attributes,
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      value: field.value,
    });
  if (field.kind === "people") return tickBoxes({ ...field, choices: keysOf(people) }, attributes);
  if (field.kind === "choices") return tickBoxes(field, attributes);
  const choices = choicesOf(field, people);
  const mayClear = field.canClear && !field.required;
  const isOpen = mayClear || !choices.some(([value]) => value === field.value);
  const select = h(
    "select",
    attributes,
    isOpen && h("option", { value: "" }, emptyChoice(field)),
    choices.map(([value, label]) => h("option", { value, selected: value === field.value }, label)),
  );
  return select;
}

/** Only what there is already can be left as it is, unless the form shows it and takes it away again. */
function emptyChoice({ required, isNew, canClear }) {
  if (required) return words("form.choose");
  return words(isNew || canClear ? "form.no_choice" : "form.unchanged");
}

/** Where several people are chosen, their keys are sent. */
function keysOf(people) {
  return people.map(({ id, name }) => [`web:${id}`, name]);
}

/** The field's own choices; for a person everybody here, and what was typed already if it names nobody here. */
function choicesOf({ kind, choices, value }, people) {
  if (choices?.length || kind !== "person") return choices ?? [];
  const known = people.map((person) => [
    person.id,
    person.title ? words("person.titled_choice", { name: person.name, title: person.title }) : person.name,
  ]);
  return value && !people.some((person) => person.id === value) ? [[value, value], ...known] : known;
}
