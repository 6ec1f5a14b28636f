/* A first visit's hint: the desk's whole story in three steps, each a click away. Dismissed once, gone.
   Only for a desk that is there to be tried, which is one whose clock can be put forward. */

import { h, icon } from "./dom.js";
import { say, words } from "./words.js";

const KEY = "deskbell:welcomed";
const ROOMY = "(min-width: 761px) and (min-height: 640px)"; // elsewhere it stays folded: messages come first

/** The hint, or null when it was dismissed; `become(personId)` and `write()` do the steps. */
export function welcome({ session, become, write }) {
  const { people, person, desk } = session;
  if (!desk.can_fast_forward || localStorage.getItem(KEY)) return null;
  const asker = people.find((one) => one.role === "employee");
  const agent = people.find((one) => one.role === "agent");
  if (!asker || !agent) return null;
  const dismiss = () => {
    localStorage.setItem(KEY, "yes");
    element.remove();
  };
  const link = (label, run, name) =>
    h(
      "a",
      {
        href: "#/",
        class: "link",
        dataset: { testid: `welcome-${name}` },
        on: {
          click: (event) => {
            event.preventDefault();
            run();
          },
        },
      },
      label,
    );
  const first = (one) => one.name.split(" ")[0];
  const switchTo = (one, name) =>
    link(words("welcome.switch", { name: first(one) }), () => become(one.id), name);
  const step = (name, text) => h("li", {}, h("strong", {}, words(`welcome.${name}`)), " ", text);
  const element = h(
    "section",
    { class: "welcome", "aria-label": words("welcome.label"), dataset: { testid: "welcome" } },
    h(
      "details",
      { open: window.matchMedia(ROOMY).matches },
      h("summary", { class: "welcome__title" }, words("welcome.title")),
      h(
        "ol",
        { class: "welcome__steps" },
        step("ask", [
          person.id === asker.id
            ? say("welcome.ask.do", {
                name: first(asker),
                write: link(words("welcome.ask.write"), write, "ask"),
              })
            : say("welcome.ask.switch", { switch: switchTo(asker, "asker") }),
        ]),
        step("answer", [
          person.id === agent.id
            ? say("welcome.answer.do", { claim: h("em", {}, words("welcome.answer.claim")) })
            : say("welcome.answer.switch", { switch: switchTo(agent, "agent") }),
        ]),
        step("time", say("welcome.time.do")),
      ),
    ),
    h(
      "button",
      {
        type: "button",
        class: "icon-button welcome__close",
        "aria-label": words("welcome.dismiss"),
        dataset: { testid: "welcome-dismiss" },
        on: { click: dismiss },
      },
      icon("close"),
    ),
  );
  return element;
}
