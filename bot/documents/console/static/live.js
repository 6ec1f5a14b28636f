/* One stream for a page: what changed, as it happens. The pages' scripts listen for `desk:changed` of the document,
   whose detail is {tickets: ["IT-7"]}; the stream is lost and found again by the browser itself. */
import { ask } from "./ask.js";
import { tell, word } from "./words.js";

const AGAIN_MS = 5000;
let stream = null;
let wasLost = false;
let shown = "";

export function begin() {
  if (!("EventSource" in window) || document.body.dataset.live === undefined) return;
  const ticket = document.querySelector("[data-live-ticket]")?.dataset.liveTicket ?? "";
  open(ticket, document.body.dataset.live);
  window.addEventListener("pagehide", () => stream?.close());
  window.addEventListener("pageshow", (event) => event.persisted && rest());
  document.addEventListener("visibilitychange", rest);
}

/* Browsers open few connections to one host: a page that nobody sees leaves its own to the others. */
function rest() {
  if (document.hidden) {
    stream?.close();
    return;
  }
  if (stream?.readyState !== EventSource.CLOSED) return;
  open(shown);
  document.dispatchEvent(new CustomEvent("desk:found", { detail: {} }));
}

/* A browser gives up where it was answered something else: the desk was away, or somebody is signed out. */
async function again() {
  if (document.hidden || stream?.readyState !== EventSource.CLOSED) return;
  const answer = await ask("/console/verbs?ticket=");
  if (answer?.verbs) open(shown);
  else setTimeout(again, AGAIN_MS);
}

export function open(ticket, since = "") {
  shown = ticket;
  stream?.close();
  stream = new EventSource(`/console/live?${new URLSearchParams({ ticket, since })}`);
  for (const kind of ["changed", "present", "ended"]) {
    stream.addEventListener(kind, (event) => {
      document.dispatchEvent(new CustomEvent(`desk:${kind}`, { detail: JSON.parse(event.data) }));
    });
  }
  stream.addEventListener("ended", () => {
    stream.close();
    location.reload();
  });
  stream.addEventListener("open", () => {
    if (!wasLost) return;
    wasLost = false;
    tell(word("back_online"));
    document.dispatchEvent(new CustomEvent("desk:found", { detail: {} }));
  });
  stream.addEventListener("error", () => {
    if (!wasLost) tell(word("lost"), "warning");
    wasLost = true;
    if (stream.readyState === EventSource.CLOSED) setTimeout(again, AGAIN_MS);
  });
}
