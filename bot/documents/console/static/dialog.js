/* One dialog for forms, questions and answers of commands; it gives the focus back to where it was. */
let dialog = null;

export function show(html) {
  if (!dialog) {
    dialog = document.createElement("dialog");
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
    dialog.setAttribute("aria-labelledby", "dialog-title");
  }
  if (!dialog.open) dialog.showModal();
  (dialog.querySelector("[aria-invalid=true]") ?? dialog.querySelector(FIELD) ?? dialog.querySelector("button, a"))?.focus();
  return dialog;
}

export function close() {
  if (dialog?.open) dialog.close();
}

export function isOpen() {
  return Boolean(dialog?.open);
}

const FIELD = "input:not([type=hidden]), select, textarea";
