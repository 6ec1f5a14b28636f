/* Slash-command completion, as a combobox on the composer's field: first the groups, then their verbs, then
   a line with the usage of the verb being typed. What follows a verb that says so is completed by the desk. */

import { fill, h } from "./dom.js";
import { words } from "./words.js";

const GROUPS = {
  ticket: "commands.ticket",
  desk: "commands.desk",
  kb: "commands.kb",
  "desk-admin": "commands.desk_admin",
};

const ASKED_AFTER_MS = 150;

export class Completion {
  element;
  #field;
  #commands;
  #onChange;
  #suggest;
  #asking;
  #list;
  #hint = h("p", { class: "completion__usage", dataset: { testid: "usage" }, hidden: true });
  #options = [];
  #active = 0;
  #closedFor = null;

  constructor({ field, commands, id, onChange, suggest }) {
    this.#field = field;
    this.#commands = commands;
    this.#onChange = onChange;
    this.#suggest = suggest;
    this.#list = h("ul", {
      id,
      class: "completion__list",
      role: "listbox",
      "aria-label": words("commands"),
      hidden: true,
      dataset: { testid: "completion" },
    });
    this.element = h("div", { class: "completion" }, this.#list, this.#hint);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
    }))
      field.setAttribute(name, value);
    field.addEventListener("input", () => this.look());
    field.addEventListener("blur", () => this.#show([]));
    field.addEventListener("keydown", (event) => this.#onKey(event), { capture: true });
  }

  /** Offer what fits the field as it is now: after typing, and after something else changed it. */
  look() {
    const text = this.#field.value;
    if (text !== this.#closedFor) this.#closedFor = null;
    this.#show(this.#closedFor === null ? optionsFor(text, this.#commands) : []);
    this.#showUsage(text);
    this.#ask(text);
  }

  /** The desk knows what may be meant; its answer counts while the text is still the same. */
  #ask(text) {
    clearTimeout(this.#asking);
    const command = this.#commandOf(text);
    if (!command?.suggests || this.#closedFor !== null) return;
    const begin = `/${command.group} ${command.verb} `;
    this.#asking = setTimeout(async () => {
      const found = await this.#suggest(command, text.slice(begin.length)).catch(() => []);
      if (this.#field.value !== text || this.#closedFor !== null) return;
      const isFocused = document.activeElement === this.#field;
      const completed = found.map(({ value, label }) => ({ value: begin + value, usage: label, summary: "" }));
      this.#show(isFocused ? [...optionsFor(text, this.#commands), ...completed] : []);
    }, ASKED_AFTER_MS);
  }

  #commandOf(text) {
    const begun = this.#commands.filter(({ group, verb }) => text.startsWith(`/${group} ${verb} `));
    return begun.sort((one, other) => other.verb.length - one.verb.length)[0];
  }

  #showUsage(text) {
    const command = this.#commandOf(text);
    this.#hint.hidden = !command;
    if (command) fill(this.#hint, h("code", {}, `/${command.group} ${command.usage}`), ` ${command.summary}`);
  }

  #show(options) {
    this.#options = options;
    this.#active = 0;
    const isOpen = options.length > 0;
    this.#list.hidden = !isOpen;
    this.#field.setAttribute("aria-expanded", String(isOpen));
    fill(
      this.#list,
      options.map((option, index) => this.#row(option, index)),
    );
    this.#mark();
  }

  #row(option, index) {
    const choose = (event) => {
      event.preventDefault(); // the field keeps the focus
      this.#choose(index);
    };
    return h(
      "li",
      {
        id: `${this.#list.id}-${index}`,
        class: "completion__option",
        role: "option",
        dataset: { testid: "completion-option", value: option.value.trim() },
        on: { mousedown: choose },
      },
      h("code", { class: "completion__usage-text" }, option.usage),
      h("span", { class: "completion__summary" }, option.summary),
    );
  }

  #mark() {
    [...this.#list.children].forEach((row, index) =>
      row.setAttribute("aria-selected", String(index === this.#active)),
    );
    const active = this.#list.children[this.#active];
    if (active) this.#field.setAttribute("aria-activedescendant", active.id);
    else this.#field.removeAttribute("aria-activedescendant");
    active?.scrollIntoView({ block: "nearest" });
  }

  #choose(index) {
    this.#field.value = this.#options[index].value;
    this.#onChange();
    this.look();
  }

  #onKey(event) {
    if (!this.#options.length || event.isComposing) return;
    const count = this.#options.length;
    const isWhole = this.#field.value.trim() === this.#options[this.#active].value.trim();
    if (event.key === "ArrowDown") this.#active = (this.#active + 1) % count;
    else if (event.key === "ArrowUp") this.#active = (this.#active + count - 1) % count;
    else if (event.key === "Escape") return this.#dismiss(event);
    else if (event.key === "Tab" && !event.shiftKey) this.#choose(this.#nextChange());
    else if (event.key === "Enter" && !event.shiftKey && !isWhole) this.#choose(this.#active);
    else if (event.key === "Enter" && !event.shiftKey) return this.#show([]);
    else return undefined;
    event.preventDefault();
    return this.#mark();
  }

  /** What stands there already is no completion: the one after it is meant. */
  #nextChange() {
    const isThere = this.#options[this.#active].value === this.#field.value;
    return isThere ? Math.min(this.#active + 1, this.#options.length - 1) : this.#active;
  }

  #dismiss(event) {
    event.preventDefault();
    event.stopPropagation();
    this.#closedFor = this.#field.value;
    this.#show([]);
  }
}

/** What fits a text that is still one unfinished command; `value` is what choosing it puts into the field. */
export function optionsFor(text, commands) {
  const match = /^\/(\S*)(?: (.*))?$/.exec(text);
  if (!match) return [];
  const [, first, verb] = match;
  if (verb !== undefined)
    return commands
      .filter((command) => command.group === first && command.verb.startsWith(verb))
      .map(verbOption);
  const groups = [...new Set(commands.map((command) => command.group))].filter((group) =>
    group.startsWith(first),
  );
  if (groups.length || !first)
    return groups.map((group) => ({
      value: `/${group} `,
      usage: `/${group}`,
      summary: GROUPS[group] ? words(GROUPS[group]) : "",
    }));
  return commands.filter((command) => command.verb.startsWith(first)).map(verbOption);
}

function verbOption({ group, verb, usage, summary }) {
  return { value: `/${group} ${verb} `, usage: `/${group} ${usage}`, summary };
}
