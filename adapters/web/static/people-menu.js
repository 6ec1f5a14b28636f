/* Who this tab is. Where the page pretends, switching person: here, or in a tab beside it; else the way to one's sessions. */

import { avatar } from "./avatar.js";
import { fill, h, icon, unseen } from "./dom.js";
import { showPopover } from "./popover.js";
import { say, words } from "./words.js";

const ROLES = ["employee", "agent", "lead"];

export function drawPersonSwitcher(root, { person, people, become, pretends }) {
  const dataset = { testid: "person-switcher", person: person.id };
  const look = pretends
    ? { type: "button", class: "who__button", "aria-haspopup": "dialog", "aria-expanded": "false", dataset }
    : { class: "who__button", href: "/account", dataset };
  const button = h(
    pretends ? "button" : "a",
    look,
    avatar(person.name, { size: "large" }),
    h(
      "span",
      { class: "who__words" },
      h(
        "span",
        { class: "who__line" },
        say("person.you_are", { name: h("strong", { dir: "auto" }, person.name) }),
      ),
      h("span", { class: "who__role" }, roleWords(person)),
    ),
    pretends && icon("chevron"),
    unseen(words(pretends ? "person.switch" : "person.account")),
  );
  if (!pretends) return fill(root, button, person.role !== "employee" && consoleLink());
  button.addEventListener("click", () => {
    const choose = (id) => {
      close();
      become(id);
    };
    const close = showPopover(button, panel({ person, people, choose }));
  });
  return fill(root, button, h("p", { class: "who__pretend", dataset: { testid: "pretend" } }, words("person.pretend")));
}

function consoleLink() {
  return h("a", { class: "who__console", href: "/console", dataset: { testid: "console" } }, words("person.console"));
}

/** `Sales · employee`; a title that says the role already is enough. */
function roleWords({ title, role: key }) {
  const role = words(`role.${key}`);
  if (!title) return role;
  const isSaid = title.toLocaleLowerCase().includes(role.toLocaleLowerCase());
  return isSaid ? title : words("person.titled", { title, role });
}

function panel({ person, people, choose }) {
  const groups = ROLES.map((role) => [role, people.filter((one) => one.role === role)]);
  return h(
    "div",
    {
      class: "popover people",
      role: "dialog",
      "aria-label": words("person.switch"),
      dataset: { testid: "people" },
    },
    groups
      .filter(([, members]) => members.length)
      .map(([role, members]) =>
        h(
          "section",
          {},
          h(
            "h3",
            { class: "people__heading" },
            words(`roles.${role}`),
            h("span", { class: "people__what" }, ` ${words(`roles.${role}.do`)}`),
          ),
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
      words("person.second_tab"),
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
      h("span", {}, h("strong", {}, one.name), h("span", { class: "people__title" }, one.title || words(`role.${one.role}`))),
      isMe && icon("check"),
    ),
    h(
      "a",
      {
        class: "icon-button",
        href: `/#as=${encodeURIComponent(one.id)}`,
        target: "_blank",
        rel: "noopener",
        "aria-label": words("person.tab", { name: one.name }),
        title: words("person.tab", { name: one.name }),
      },
      icon("tab"),
    ),
  );
}
