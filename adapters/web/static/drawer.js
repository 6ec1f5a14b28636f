/* On narrow screens the sidebar is a drawer: it opens over the page, and closes on Escape, the scrim or a choice. */

import { icon } from "./dom.js";

const NARROW = window.matchMedia("(max-width: 760px)");

export class Drawer {
  #sidebar;
  #scrim;
  #before = null;

  constructor({ sidebar, scrim, close }) {
    this.#sidebar = sidebar;
    this.#scrim = scrim;
    close.append(icon("close"));
    close.addEventListener("click", () => this.close());
    scrim.addEventListener("click", () => this.close());
    sidebar.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    NARROW.addEventListener("change", () => this.close());
    this.#show(false);
  }

  open() {
    this.#before = document.activeElement;
    this.#show(true);
    this.#sidebar.querySelector("button, a[href]")?.focus();
  }

  close() {
    const wasOpen = this.#sidebar.classList.contains("sidebar--open");
    this.#show(false);
    if (wasOpen && this.#before?.isConnected) this.#before.focus({ preventScroll: true });
  }

  /** Press a button of the sidebar, opening the drawer first where it is one. */
  reveal(button) {
    if (NARROW.matches) this.open();
    button?.focus();
    button?.click();
  }

  #show(isOpen) {
    this.#sidebar.classList.toggle("sidebar--open", isOpen);
    this.#scrim.hidden = !isOpen;
    this.#sidebar.inert = NARROW.matches && !isOpen;
  }
}
