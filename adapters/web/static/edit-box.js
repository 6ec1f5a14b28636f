/* Editing one's own message in its place. What was typed stays when saving fails. */

import { h } from "./dom.js";
import { words } from "./words.js";

export function editBox(message, context) {
  const field = h("textarea", {
    class: "input edit__field",
    dir: "auto",
    rows: "2",
    "aria-label": words("message.edit"),
    value: message.text,
    dataset: { testid: "edit-field", focus: "edit" },
  });
  const problem = h("p", { class: "field__error", role: "alert", hidden: true });
  const save = h(
    "button",
    { type: "submit", class: "button button--primary", dataset: { testid: "edit-save" } },
    words("edit.save"),
  );
  const stop = () => context.stopEditing(message.id);

  async function onSubmit(event) {
    event.preventDefault();
    const text = field.value.trim();
    if (!text && !message.files.length) return show(words("edit.empty"));
    if (text === message.text) return stop();
    save.disabled = true;
    const refusal = await context.actions.edit(message, text);
    save.disabled = false;
    return refusal ? show(refusal) : stop();
  }

  function show(sentence) {
    problem.textContent = sentence;
    problem.hidden = false;
    field.focus();
  }

  function onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      stop();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      event.currentTarget.form.requestSubmit();
    }
  }

  field.addEventListener("keydown", onKey);
  requestAnimationFrame(() => {
    field.style.height = `${Math.min(field.scrollHeight + 4, 320)}px`;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
  return h(
    "form",
    { class: "edit", on: { submit: onSubmit } },
    field,
    problem,
    h(
      "div",
      { class: "edit__foot" },
      save,
      h("button", { type: "button", class: "button", on: { click: stop } }, words("cancel")),
      h("span", { class: "edit__hint" }, words("edit.keys")),
    ),
  );
}
