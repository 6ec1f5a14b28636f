/* One dialog for forms, questions and answers of commands; it gives the focus back to where it was.
   Whoever types on while it opens changes nothing: the focus comes to a field to write in or to the heading, never to a button. */
let dialog = null;

export function show(html) {
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.tabIndex = -1;
    document.body.append(dialog);
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) {
        event.preventDefault();
        close();
      }
    });
  }
  dialog.innerHTML = html;
  const title = dialog.querySelector("h2");
  if (title) {
    title.id = "dialog-title";
    title.tabIndex = -1;
    dialog.setAttribute("aria-labelledby", "dialog-title");
  }
  if (!dialog.open) dialog.showModal();
  const field = dialog.querySelector("[aria-invalid=true]") ?? dialog.querySelector(FIELD);
  (field && !field.matches(PRESSED) ? field : (title ?? dialog)).focus();
  return dialog;
}

export function close() {
  if (dialog?.open) dialog.close();
}

export function isOpen() {
  return Boolean(dialog?.open);
}

const FIELD = "input:not([type=hidden]), select, textarea";
const PRESSED = "[type=checkbox], [type=radio], [type=file]";
