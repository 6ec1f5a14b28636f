/* What a person does with what the desk shows: pressing buttons, sending forms, changing own messages.
   Every press carries its own key, and nothing can be pressed twice at once. */

import { confirm } from "./dialogs.js";
import { freshKey } from "./dom.js";
import { openForm } from "./form-dialog.js";
import { toast } from "./toasts.js";
import { words } from "./words.js";

/** Events: `busy` (detail: the id of the message or private reply whose buttons changed). */
export class Actions extends EventTarget {
  #session;
  #busy = new Set();
  #unsure = new Map();

  constructor(session) {
    super();
    this.#session = session;
  }

  isBusy(id) {
    return this.#busy.has(id);
  }

  /** Press a button of a message; `which` is its index, or `{menu: index}`. `place` is where the person is. */
  async press({ message, button, which, place }) {
    await this.#pressed(message.id, button, place, message.id, (client_key) => ({
      ...place,
      message: message.id,
      button: which,
      label: button.label,
      client_key,
    }));
  }

  async pressPrivate({ item, button, place }) {
    const body = (client_key) => ({ ...place, private: button.private, client_key });
    await this.#pressed(item.key, button, place, item.after, body, item);
  }

  /** Press a button that stands nowhere among messages; what it does is said with it. */
  async pressCarried({ id, button, place }) {
    await this.#pressed(id, button, place, null, (client_key) => ({
      ...place,
      private: button.private,
      client_key,
    }));
  }

  /** What became of what a private reply said was still to happen: another reply, or null while it is open. */
  async askAgain({ item, place }) {
    const body = { ...place, private: item.reply.again.private, client_key: freshKey() };
    const { reply } = await this.#session.api.post("/api/actions", body).catch(() => ({ reply: null }));
    return reply?.type === "private" && !reply.is_error ? reply : null;
  }

  async makeTicket(message, place) {
    await this.#tried(message.id, async () => {
      const body = { ...place, channel: message.channel, message: message.id, client_key: freshKey() };
      const { reply } = await this.#session.api.post("/api/make-ticket", body);
      this.show(reply, place, message.id);
    });
  }

  async showPerson(reference, place) {
    await this.#tried(reference, async () => {
      const body = { ...place, reference, client_key: freshKey() };
      const { reply } = await this.#session.api.post("/api/people", body);
      this.show(reply, place);
    });
  }

  /** Answers a sentence when it failed, null when saved. */
  async edit(message, text) {
    try {
      const changed = await this.#session.api.patch(`/api/messages/${encodeURIComponent(message.id)}`, {
        text,
      });
      this.#session.learn(changed?.id ? changed : { ...message, text, edited: true });
      return null;
    } catch (error) {
      return error.message;
    }
  }

  async remove(message) {
    const agreed = await confirm({
      question: words("delete.question"),
      action: words("delete.action"),
      isDangerous: true,
      detail: words("delete.detail"),
    });
    if (!agreed) return;
    await this.#tried(message.id, async () => {
      const answer = await this.#session.api.delete(`/api/messages/${encodeURIComponent(message.id)}`);
      if (answer?.deleted && answer.id) this.#session.learn(answer);
      else if (!message.reply_count) this.#session.forget(message.channel, message.id);
      else this.#session.learn({ ...message, deleted: true, text: "" });
    });
  }

  /** Show what the desk answered at once: a private reply where the person is or in place of `pressed`, or a form. */
  show(reply, place, after = null, pressed = null) {
    if (!reply) return;
    if (reply.type === "form") this.#openForm(reply, place, after);
    else if (reply.type === "form_refused") toast(reply.reason, { isError: true });
    else this.#session.showPrivate(place, reply, after, reply.is_turned ? pressed : null);
  }

  async #pressed(id, button, place, after, body, item = null) {
    if (this.#busy.has(id)) return;
    if (
      button.confirm &&
      !(await confirm({
        question: button.confirm,
        action: button.agree || button.label,
        isDangerous: button.dangerous,
      }))
    )
      return;
    await this.#tried(id, async () => {
      const { reply } = await this.#once(`${id} ${button.label}`, (key) =>
        this.#session.api.post("/api/actions", body(key)),
      );
      this.show(reply, place, after, item);
    });
  }

  /** When it is not known whether something was done, trying the same again carries the same key. */
  async #once(name, send) {
    const key = this.#unsure.get(name) ?? freshKey();
    this.#unsure.delete(name);
    try {
      return await send(key);
    } catch (error) {
      if (error.isUnsure) this.#unsure.set(name, key);
      throw error;
    }
  }

  #openForm(form, place, after) {
    const { verb, ticket, fixed, is_step, is_asked_privately } = form;
    const submit = async (values, client_key, files) => {
      try {
        const answer = await this.#session.api.post("/api/forms", {
          ...place,
          form: { verb, ticket, fixed, is_step, is_asked_privately },
          values,
          files,
          client_key,
        });
        const { reply } = answer;
        if (reply?.type === "form_refused")
          return { sentence: reply.reason, fields: reply.fields, isUnsure: false };
        setTimeout(() => this.show(reply, place, after)); // once this form is closed, for it may be the next step
        return null;
      } catch (error) {
        return { sentence: error.message, isUnsure: error.isUnsure };
      }
    };
    const closed = () => form.tells_closing && this.#tellClosed(form, place);
    openForm(form, { session: this.#session, submit, closed });
  }

  /** Nobody waits for this, and nothing is lost where it does not arrive. */
  async #tellClosed({ verb, ticket, fixed }, place) {
    const body = { ...place, form: { verb, ticket, fixed }, values: {}, client_key: freshKey() };
    await this.#session.api.post("/api/forms/closed", body).catch(() => null);
  }

  async #tried(id, work) {
    this.#mark(id, true);
    try {
      await work();
    } catch (error) {
      toast(error.message, { isError: true });
    } finally {
      this.#mark(id, false);
    }
  }

  #mark(id, isBusy) {
    if (isBusy) this.#busy.add(id);
    else this.#busy.delete(id);
    this.dispatchEvent(new CustomEvent("busy", { detail: id }));
  }
}
