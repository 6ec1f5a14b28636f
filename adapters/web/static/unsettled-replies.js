/* Private replies that say what is still to happen: the page asks what became of it, and shows that in their place. */

const GRACE_MS = 400;
const AGAIN_MS = 3000;
const MOST_ASKED = 20;

/** `ask(item)` answers another reply or null, `isShown(item)` whether it is still there, `settle(item, reply)` shows it. */
export class UnsettledReplies {
  #parts;
  #timers = new Map();

  constructor({ session, signal, ...parts }) {
    this.#parts = parts;
    // On a desk whose clock is moved, what was to happen may have happened.
    session.addEventListener("clock", () => [...this.#timers.keys()].forEach((item) => this.#later(item, GRACE_MS)));
    signal.addEventListener("abort", () => this.#timers.forEach(({ timer }) => clearTimeout(timer)));
  }

  watch(item) {
    if (item.reply.again) this.#later(item, item.reply.again.after_s * 1000 + GRACE_MS);
  }

  #later(item, pause) {
    const { timer, asked = 0 } = this.#timers.get(item) ?? {};
    clearTimeout(timer);
    this.#timers.set(item, { asked, timer: setTimeout(() => this.#ask(item), pause) });
  }

  async #ask(item) {
    const { again } = item.reply;
    const asked = this.#timers.get(item).asked + 1;
    if (!again || asked > MOST_ASKED || !this.#parts.isShown(item)) return this.#timers.delete(item);
    const reply = await this.#parts.ask(item);
    if (reply && item.reply.again === again) {
      this.#timers.delete(item);
      return this.#parts.settle(item, reply);
    }
    this.#timers.set(item, { asked });
    return this.#later(item, AGAIN_MS);
  }
}
