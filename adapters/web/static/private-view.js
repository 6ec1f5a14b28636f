/* A reply that only this person sees. It lives in this tab until it is dismissed. */

import { h, icon } from "./dom.js";
import { buttonRow } from "./buttons-view.js";
import { fileList } from "./files-view.js";
import { richText } from "./text-view.js";
import { words } from "./words.js";

/** `item` is `{key, reply, thread …}` as the feed keeps it. */
export function privateView(item, context, dismiss) {
  const { reply } = item;
  const said = richText(reply.text, context);
  if (reply.is_error) said.setAttribute("role", "alert");
  return h(
    "li",
    {
      class: reply.is_error ? "row private private--error" : "row private",
      tabindex: "-1",
      dataset: { testid: "private-reply", private: item.key, error: String(Boolean(reply.is_error)) },
    },
    h(
      "div",
      { class: "private__head" },
      icon("lock"),
      h("span", {}, words("private.only_you")),
      h(
        "button",
        {
          type: "button",
          class: "icon-button icon-button--small",
          "aria-label": words("dismiss"),
          dataset: { testid: "private-dismiss", focus: "dismiss" },
          on: { click: dismiss },
        },
        icon("close"),
      ),
    ),
    said,
    fileList(reply.files, context),
    buttonRow({
      buttons: reply.buttons,
      label: words("private.buttons"),
      isBusy: () => context.actions.isBusy(item.key),
      press: (button) => context.actions.pressPrivate({ item, button, place: context.place }),
    }),
  );
}
