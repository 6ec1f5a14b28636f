/* The desk's clock and, where the desk allows it, the control that moves it forward. */

import { fill, h, icon } from "./dom.js";
import { announce, toast } from "./toasts.js";
import { words } from "./words.js";

const MORNING = 9;

const STEPS = [
  { name: "15m", seconds: () => 15 * 60 },
  { name: "1h", seconds: () => 3600 },
  { name: "4h", seconds: () => 4 * 3600 },
  { name: "tomorrow", seconds: (calendar) => calendar.secondsToTomorrow(MORNING) },
];

export function drawClock(root, { session, clock }) {
  const { calendar } = session;
  const time = h("time", { class: "clock__time", dataset: { testid: "desk-time" } });
  const zone = session.person.time_zone?.split("/").at(-1).replaceAll("_", " ");
  fill(
    root,
    h(
      "p",
      { class: "clock__now" },
      h("span", { class: "clock__label" }, words("clock.label")),
      time,
      zone && h("span", { class: "clock__zone" }, zone),
    ),
    session.desk.can_fast_forward && forwardControl(session, clock),
  );
  return () => {
    time.textContent = calendar.weekdayTime(clock.now());
    time.dateTime = new Date(clock.now()).toISOString();
    time.title = calendar.exact(clock.now());
  };
}

function forwardControl(session, clock) {
  const buttons = STEPS.map((step) =>
    h(
      "button",
      {
        type: "button",
        class: "chip-button",
        dataset: { testid: "forward", forward: step.name },
        on: { click: () => forward(step) },
      },
      words(`clock.${step.name}`, { time: session.calendar.hour(MORNING) }),
    ),
  );

  const why = h("p", { class: "forward__why", role: "status", dataset: { testid: "forward-why" } }, words("clock.why"));

  async function forward(step) {
    if (buttons[0].getAttribute("aria-disabled") === "true") return;
    buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
    why.textContent = words("clock.forwarding");
    try {
      const { now } = await session.api.post("/api/clock", { forward_s: step.seconds(session.calendar) });
      clock.set(now);
      announce(words("clock.now", { at: session.calendar.exact(now) }));
    } catch (error) {
      toast(error.message, { isError: true });
    } finally {
      buttons.forEach((button) => button.removeAttribute("aria-disabled"));
      why.textContent = words("clock.why");
    }
  }

  return h(
    "div",
    { class: "forward", role: "group", "aria-label": words("clock.forward_label") },
    h("p", { class: "forward__label" }, icon("forward"), words("clock.forward")),
    h("div", { class: "forward__steps" }, buttons),
    why,
  );
}
