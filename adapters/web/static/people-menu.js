/* Who this tab is, and becoming somebody else: here, or in a tab beside it. */

import { avatar } from "./avatar.js";
import { fill, h, icon, unseen } from "./dom.js";
import { showPopover } from "./popover.js";

const ROLES = {
  employee: ["Employees", "ask for help"],
  agent: ["Agents", "answer and resolve"],
  lead: ["Leads", "watch the promises"],
};

export function drawPersonSwitcher(root, { person, people, become }) {
  const button = h(
    "button",
    {
      type: "button",
      class: "who__button",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      dataset: { testid: "person-switcher", person: person.id },
    },
    avatar(person.name, { size: "large" }),
    h(
      "span",
      { class: "who__words" },
      h("span", { class: "who__line" }, "You are ", h("strong", { dir: "auto" }, person.name)),
      h("span", { class: "who__role" }, roleWords(person)),
    ),
    icon("chevron"),
    unseen("Become somebody else"),
  );
  button.addEventListener("click", () => {
    const choose = (id) => {
      close();
      become(id);
    };
    const close = showPopover(button, panel({ person, people, choose }));
  });
  fill(root, button);
}

/** `Sales · employee`; a title that says the role already is enough. */
function roleWords({ title, role }) {
  if (!title) return role;
  return title.toLowerCase().includes(role) ? title : `${title} · ${role}`;
}

function panel({ person, people, choose }) {
  const groups = Object.entries(ROLES).map(([role, words]) => [
    words,
    people.filter((one) => one.role === role),
  ]);
  return h(
    "div",
    {
      class: "popover people",
      role: "dialog",
      "aria-label": "Become somebody else",
      dataset: { testid: "people" },
    },
    groups
      .filter(([, members]) => members.length)
      .map(([[title, what], members]) =>
        h(
          "section",
          {},
          h("h3", { class: "people__heading" }, title, h("span", { class: "people__what" }, ` ${what}`)),
          h(
            "ul",
            {},
            members.map((one) => entry(one, one.id === person.id, choose)),
          ),
        ),
      ),
    h(
      "p",
      { class: "people__hint" },
      icon("tab"),
      "opens a second tab, so two people can talk to each other.",
    ),
  );
}

function entry(one, isMe, choose) {
  return h(
    "li",
    { class: "people__entry" },
    h(
      "button",
      {
        type: "button",
        class: "people__person",
        "aria-current": isMe ? "true" : null,
        dataset: { testid: "person", person: one.id },
        on: { click: () => choose(one.id) },
      },
      avatar(one.name),
      h("span", {}, h("strong", {}, one.name), h("span", { class: "people__title" }, one.title || one.role)),
      isMe && icon("check"),
    ),
    h(
      "a",
      {
        class: "icon-button",
        href: `/#as=${encodeURIComponent(one.id)}`,
        target: "_blank",
        rel: "noopener",
        "aria-label": `Open a tab as ${one.name}`,
        title: `Open a tab as ${one.name}`,
      },
      icon("tab"),
    ),
  );
}
