/* What an empty channel tells a newcomer: what this place is for and what to do first. */

import { topicOf } from "./channel-head.js";
import { h, icon } from "./dom.js";
import { words } from "./words.js";

export function channelEmptiness(channel, { person, desk }) {
  const { picture, title, lines } = wordsFor(channel, person, desk);
  return h(
    "div",
    { class: "empty", dataset: { testid: "empty" } },
    h("div", { class: "empty__picture" }, icon(picture)),
    h("p", { class: "empty__title" }, title),
    lines.map((line) => h("p", { class: "empty__line" }, line)),
  );
}

function wordsFor(channel, person, desk) {
  const { kind, name, shows } = channel;
  if (kind === "direct") {
    return {
      picture: "lock",
      title: words("empty.direct.title"),
      lines: [words("empty.direct.ask"), words("empty.direct.commands")],
    };
  }
  if (shows === "alerts") {
    return {
      picture: "bell",
      title: words("empty.alerts.title"),
      lines: [words("empty.alerts.what"), ...(desk.can_fast_forward ? [words("empty.alerts.try")] : [])],
    };
  }
  if (shows === "cards") {
    return { picture: "ticket", title: words("empty.cards.title"), lines: [words("empty.cards.what")] };
  }
  if (shows !== "requests") {
    const topic = topicOf(channel);
    return { picture: "bell", title: words("empty.other.title"), lines: topic ? [topic] : [] };
  }
  return {
    picture: "bell",
    title: words("empty.requests.title", { name: person.name.split(" ")[0] }),
    lines: [words("empty.requests.how"), words("empty.requests.what", { channel: name })],
  };
}
