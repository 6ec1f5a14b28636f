/* What stands in place of the text box where nobody else may read what is asked: a button that opens the form. */

import { channelPath } from "./api.js";
import { freshKey, h } from "./dom.js";
import { toast } from "./toasts.js";
import { words } from "./words.js";

export function privateRequest({ session, actions }, channel) {
  const place = { channel, thread: null };
  return h(
    "div",
    { class: "composer composer--private" },
    h("p", {}, words("private_request.who_reads")),
    h(
      "button",
      {
        type: "button",
        class: "button button--primary",
        dataset: { testid: "private-request" },
        on: { click: () => open() },
      },
      words("private_request.open"),
    ),
  );

  async function open() {
    const { group } = session.commands.find(({ verb }) => verb === "open");
    const body = { text: `/${group} open`, thread: null, files: [], client_key: freshKey() };
    try {
      const answer = await session.api.post(channelPath(channel, "messages"), body);
      actions.show(answer?.reply ?? null, place);
    } catch (error) {
      toast(error.message, { isError: true });
    }
  }
}
