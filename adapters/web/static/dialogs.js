/* Modal dialogs: a question before something is done, and plain information. */

import { h, icon } from "./dom.js";
import { rememberFocus } from "./focus.js";
import { words } from "./words.js";

let serial = 0;

/** An open modal `<dialog>` with a title; the browser keeps the focus inside and closes it on Escape. */
export function openDialog({ title, testid, className = "" }, ...body) {
  serial += 1;
  const id = `dialog-${serial}`;
  const dialog = h(
    "dialog",
    { class: `dialog ${className}`, "aria-labelledby": id, dataset: { testid } },
    h(
      "header",
      { class: "dialog__head" },
      h("h2", { id, class: "dialog__title", dir: "auto" }, title),
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": words("close"),
          on: { click: () => dialog.close() },
        },
        icon("close"),
      ),
    ),
    body,
  );
  const goBack = rememberFocus();
  dialog.addEventListener("close", () => {
    dialog.remove();
    goBack();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Ask; answers whether the person agreed. */
export function confirm({ question, detail, action, isDangerous = false }) {
  return new Promise((resolve) => {
    let agreed = false;
    const agree = () => {
      agreed = true;
      dialog.close();
    };
    const yes = h(
      "button",
      {
        type: "button",
        class: isDangerous ? "button button--dangerous-fill" : "button button--primary",
        dataset: { testid: "confirm-yes" },
        on: { click: agree },
      },
      action,
    );
    const no = h(
      "button",
      {
        type: "button",
        class: "button",
        dataset: { testid: "confirm-no" },
        on: { click: () => dialog.close() },
      },
      words("cancel"),
    );
    const dialog = openDialog(
      { title: question, testid: "confirm", className: "dialog--small" },
      detail && h("p", { class: "dialog__text", dir: "auto" }, detail),
      h("div", { class: "dialog__foot" }, no, yes),
    );
    dialog.addEventListener("close", () => resolve(agreed));
    (isDangerous ? no : yes).focus();
  });
}
