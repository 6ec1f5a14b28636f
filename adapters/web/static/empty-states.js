/* What an empty channel tells a newcomer: what this place is for and what to do first. */

import { h, icon } from "./dom.js";

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

function wordsFor({ kind, name, topic, shows }, person, desk) {
  if (kind === "direct") {
    return {
      picture: "lock",
      title: "Just you and the desk",
      lines: [
        "Write here what not everybody should read. It becomes a ticket like any other.",
        "Type / to see your tickets and everything else the desk can do.",
      ],
    };
  }
  if (shows === "alerts") {
    return {
      picture: "bell",
      title: "All quiet",
      lines: [
        "When a promise is about to be broken, the desk says so here: which ticket, how much time is left, who has it.",
        ...(desk.can_fast_forward ? ["To see it happen, move the desk’s clock forward."] : []),
      ],
    };
  }
  if (shows === "cards") {
    return {
      picture: "ticket",
      title: "No tickets here yet",
      lines: [
        "When somebody asks and the request is for this team, its card appears here. Claim it, and answer from the thread under it.",
      ],
    };
  }
  if (shows !== "requests") {
    return { picture: "bell", title: "Nothing here yet", lines: topic ? [topic] : [] };
  }
  return {
    picture: "bell",
    title: `What can we do for you, ${person.name.split(" ")[0]}?`,
    lines: [
      "Write what is wrong, as you would to a colleague: what you were doing, what you saw instead, how urgent it is.",
      `Your message in #${name} becomes a ticket. The desk answers in a thread under it, with a number and a time to expect help.`,
    ],
  };
}
