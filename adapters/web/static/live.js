/* The live connection: events from the server as they happen, and stubborn, polite reconnecting. */

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** `onEvent(event)`, `onUp(isAgain)` when connected, `onDown(retryInMs)` when not. */
export class Live {
  #person;
  #handlers;
  #socket = null;
  #failures = 0;
  #timer = null;
  #wasUp = false;
  #closed = false;
  #wake = () => this.retryNow();

  constructor(person, handlers) {
    this.#person = person;
    this.#handlers = handlers;
    window.addEventListener("online", this.#wake);
    this.#connect();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    window.removeEventListener("online", this.#wake);
    this.#socket?.close();
  }

  /** Try at once instead of waiting for the pause to end. */
  retryNow() {
    if (this.#closed || this.#socket) return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  #connect() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(
      `${scheme}://${location.host}/api/live?person=${encodeURIComponent(this.#person)}`,
    );
    this.#socket = socket;
    socket.addEventListener("open", () => this.#up());
    socket.addEventListener("message", (message) => {
      if (!this.#closed) this.#handlers.onEvent(JSON.parse(message.data));
    });
    socket.addEventListener("close", () => this.#down());
  }

  #up() {
    if (this.#closed) return;
    this.#failures = 0;
    this.#handlers.onUp(this.#wasUp);
    this.#wasUp = true;
  }

  #down() {
    this.#socket = null;
    if (this.#closed) return;
    const pause =
      Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures) * (0.75 + Math.random() / 2);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#connect(), pause);
    this.#handlers.onDown(pause);
  }
}
