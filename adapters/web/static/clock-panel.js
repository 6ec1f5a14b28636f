/* The desk's clock and, where the desk allows it, the control that moves it forward. */

import { fill, h, icon } from "./dom.js";
import { announce, toast } from "./toasts.js";

const WHY = "Moves this desk’s clock for everybody, so you can watch targets come due.";

const STEPS = [
  { name: "15m", label: "+15 min", seconds: () => 15 * 60 },
  { name: "1h", label: "+1 h", seconds: () => 3600 },
  { name: "4h", label: "+4 h", seconds: () => 4 * 3600 },
  { name: "tomorrow", label: "Tomorrow 9:00", seconds: (calendar) => calendar.secondsToTomorrow(9) },
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
      h("span", { class: "clock__label" }, "Desk time"),
      time,
      zone && h("span", { class: "clock__zone" }, zone),
    ),
    session.desk.can_fast_forward && forwardControl(session, clock),
  );
  return () => {
    time.textContent = `${weekday(calendar, clock.now())} ${calendar.time(clock.now())}`;
    time.dateTime = new Date(clock.now()).toISOString();
    time.title = calendar.exact(clock.now());
  };
}

function weekday(calendar, at) {
  return calendar.exact(at).slice(0, 3);
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
      step.label,
    ),
  );

  const why = h("p", { class: "forward__why", role: "status", dataset: { testid: "forward-why" } }, WHY);

  async function forward(step) {
    if (buttons[0].getAttribute("aria-disabled") === "true") return;
    buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
    why.textContent = "Fast-forwarding: the clock above shows how far it has come.";
    try {
      const { now } = await session.api.post("/api/clock", { forward_s: step.seconds(session.calendar) });
      clock.set(now);
      announce(`Desk time is now ${session.calendar.exact(now)}`);
    } catch (error) {
      toast(error.message, { isError: true });
    } finally {
      buttons.forEach((button) => button.removeAttribute("aria-disabled"));
      why.textContent = WHY;
    }
  }

  return h(
    "div",
    { class: "forward", role: "group", "aria-label": "Fast-forward the desk’s clock" },
    h("p", { class: "forward__label" }, icon("forward"), "Fast-forward"),
    h("div", { class: "forward__steps" }, buttons),
    why,
  );
}
