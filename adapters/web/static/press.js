/* A button that is redrawn between press and release loses its click: what arrives meanwhile waits. */

const LONGEST_PRESS_MS = 1000;

let waiting = null;
let timer = null;

window.addEventListener("pointerdown", hold, { capture: true });
window.addEventListener("pointerup", () => setTimeout(release), { capture: true });
window.addEventListener("pointercancel", release, { capture: true });

/** Call back at once, or in order when the mouse or finger is up again; a press is waited for one second at most. */
export function unlessPressed(callback) {
  if (waiting) waiting.push(callback);
  else callback();
}

function hold() {
  waiting ??= [];
  clearTimeout(timer);
  timer = setTimeout(release, LONGEST_PRESS_MS);
}

function release() {
  clearTimeout(timer);
  const callbacks = waiting ?? [];
  waiting = null;
  callbacks.forEach((callback) => callback());
}
