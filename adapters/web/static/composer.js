/* Where people write. Enter sends, Shift+Enter breaks the line; nothing typed is lost: drafts are kept per
   place, a failed send stays with its reason and a Retry that carries the same key. */

import { Attachments } from "./attachments.js";
import { channelPath } from "./api.js";
import { Completion } from "./completion.js";
import { freshKey, h, icon, unseen } from "./dom.js";
import { words } from "./words.js";
import { WritingNotice } from "./writing-notice.js";

const TALLEST_PX = 260;

/** `place` is `{channel, thread}`; `onSent(message)` after a message, `onReply(reply)` after a command. */
export class Composer {
  element;
  #session;
  #place;
  #testid;
  #handlers;
  #field;
  #send;
  #completion;
  #problem = h("div", {
    class: "composer__problem",
    role: "alert",
    hidden: true,
    dataset: { testid: "send-error" },
  });
  #files;
  #writing;
  #attempt = null;
  #isSending = false;
  #isSendWanted = false;

  constructor({ session, place, placeholder, label, prefix = "", handlers }) {
    this.#session = session;
    this.#place = place;
    this.#handlers = handlers;
    this.#testid = (name) => prefix + name;
    this.#writing = new WritingNotice({ session, place });
    this.#files = new Attachments({ session, onChange: () => this.#filesChanged() });
    this.#field = this.#textField(label, placeholder);
    this.#send = h(
      "button",
      { type: "submit", class: "send-button", dataset: { testid: this.#testid("send") } },
      icon("send"),
      unseen(words("composer.send")),
    );
    this.#completion = new Completion({
      field: this.#field,
      commands: session.commands,
      suggest: (command, typed) => session.suggestions(command, typed),
      id: `${prefix}completion`,
      onChange: () => this.#typed(),
    });
    this.element = h(
      "form",
      { class: "composer", on: { submit: (event) => this.#onSubmit(event) } },
      this.#completion.element,
      this.#problem,
      this.#writing.element,
      h(
        "div",
        { class: "composer__box" },
        this.#files.element,
        h("div", { class: "composer__line" }, this.#files.button, this.#field, this.#send),
      ),
    );
    this.#field.value = sessionStorage.getItem(this.#draftKey) ?? "";
    this.#refresh();
  }

  focus() {
    this.#field.focus();
  }

  /** Change what the empty field asks for. */
  ask(placeholder) {
    this.#field.placeholder = placeholder;
  }

  addFiles(files) {
    this.#files.add(files);
  }

  /** After it was put on the page: only then its height can be measured. */
  fit() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, TALLEST_PX)}px`;
  }

  get #draftKey() {
    return ["draft", this.#session.person.id, this.#place.channel, this.#place.thread ?? ""].join(":");
  }

  #textField(label, placeholder) {
    return h("textarea", {
      class: "composer__field",
      rows: "1",
      dir: "auto",
      placeholder,
      "aria-label": label,
      autocomplete: "off",
      enterkeyhint: "send",
      dataset: { testid: this.#testid("composer") },
      on: {
        input: () => this.#onInput(),
        keydown: (event) => this.#onKey(event),
        paste: (event) => this.#onPaste(event),
      },
    });
  }

  #onInput() {
    this.#typed();
    this.#writing.typed(this.#field.value);
  }

  #typed() {
    sessionStorage.setItem(this.#draftKey, this.#field.value);
    this.#attempt = null;
    this.#refresh();
    this.fit();
  }

  #filesChanged() {
    this.#attempt = null;
    if (this.#files.haveFailed) this.#isSendWanted = false;
    this.#refresh();
  }

  #onKey(event) {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.element.requestSubmit();
    } else if (event.key === "ArrowUp" && this.#field.value === "") {
      event.preventDefault();
      this.#handlers.onEditLast();
    }
  }

  #onPaste(event) {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    this.addFiles(event.clipboardData.files);
  }

  #onSubmit(event) {
    event.preventDefault();
    if (this.#isSending || this.#files.isUploading) this.#isSendWanted = true;
    else this.#sendNow();
  }

  async #sendNow() {
    this.#isSendWanted = false;
    const text = this.#field.value;
    const files = this.#files.ids;
    if (!text.trim() && !files.length) return this.focus();
    this.#attempt ??= freshKey();
    this.#isSending = true;
    this.#problem.hidden = true;
    this.#refresh();
    try {
      const body = { text, thread: this.#place.thread, files, client_key: this.#attempt };
      const answer = await this.#session.api.post(channelPath(this.#place.channel, "messages"), body);
      this.#sent(text, answer);
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#isSending = false;
      this.#refresh();
      if (this.#isSendWanted) this.#sendNow();
    }
    return undefined;
  }

  /** Clear what was sent; what was typed meanwhile stays. */
  #sent(text, answer) {
    const now = this.#field.value;
    this.#field.value = now.startsWith(text) ? now.slice(text.length) : now;
    this.#files.clear();
    this.#writing.sent();
    this.#typed();
    this.#completion.look();
    if (answer?.id) this.#handlers.onSent(answer);
    else this.#handlers.onReply(answer?.reply ?? null);
  }

  #failed(error) {
    this.#isSendWanted = false;
    const retry = h(
      "button",
      {
        type: "button",
        class: "button",
        dataset: { testid: this.#testid("retry") },
        on: { click: () => this.element.requestSubmit() },
      },
      words("composer.retry"),
    );
    this.#problem.replaceChildren(
      h(
        "span",
        { dir: "auto" },
        h("strong", {}, words("composer.not_sent")),
        ` ${error.message} ${words("composer.kept")}`,
      ),
      retry,
    );
    this.#problem.hidden = false;
  }

  #refresh() {
    const isEmpty = !this.#field.value.trim() && !this.#files.ids.length && !this.#files.isUploading;
    this.#send.setAttribute("aria-disabled", String(isEmpty || this.#isSending));
    this.element.setAttribute("aria-busy", String(this.#isSending));
    if (this.#isSendWanted && !this.#files.isUploading && !this.#isSending) this.#sendNow();
  }
}
