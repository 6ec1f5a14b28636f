/* A first visit's hint: the desk's whole story in three steps, each a click away. Dismissed once, gone.
   Only for a desk that is there to be tried, which is one whose clock can be put forward. */

import { h, icon } from "./dom.js";

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
  const element = h(
    "section",
    { class: "welcome", "aria-label": "How to try it", dataset: { testid: "welcome" } },
    h(
      "details",
      { open: window.matchMedia(ROOMY).matches },
      h("summary", { class: "welcome__title" }, "See it work in a minute"),
      h(
        "ol",
        { class: "welcome__steps" },
        h(
          "li",
          {},
          h("strong", {}, "Ask. "),
          person.id === asker.id
            ? [
                "As ",
                first(asker),
                ", ",
                link("write what is wrong", write, "ask"),
                " in an Ask for help channel.",
              ]
            : [link(`Become ${first(asker)}`, () => become(asker.id), "asker"), " and write what is wrong."],
        ),
        h(
          "li",
          {},
          h("strong", {}, "Answer. "),
          person.id === agent.id
            ? ["Find the card in a team’s channel, press ", h("em", {}, "Claim"), " and reply."]
            : [
                link(`Become ${first(agent)}`, () => become(agent.id), "agent"),
                ", an agent: claim the card in the team’s channel and reply.",
              ],
        ),
        h(
          "li",
          {},
          h("strong", {}, "Let time pass. "),
          "Fast-forward the desk’s clock and watch the warning, then the breach, in Escalations.",
        ),
      ),
    ),
    h(
      "button",
      {
        type: "button",
        class: "icon-button welcome__close",
        "aria-label": "Dismiss this hint",
        dataset: { testid: "welcome-dismiss" },
        on: { click: dismiss },
      },
      icon("close"),
    ),
  );
  return element;
}
