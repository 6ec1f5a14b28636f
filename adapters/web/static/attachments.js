/* Files that are about to be sent: uploaded as soon as they are chosen, shown as chips that can be removed. */

import { fill, h, icon } from "./dom.js";
import { fileSize } from "./files-view.js";
import { words } from "./words.js";

export class Attachments {
  element = h("ul", { class: "attachments", "aria-label": words("files.to_send"), hidden: true });
  button;
  #session;
  #onChange;
  #items = [];

  constructor({ session, onChange }) {
    this.#session = session;
    this.#onChange = onChange;
    const picker = h("input", {
      type: "file",
      multiple: true,
      hidden: true,
      dataset: { testid: "file-input" },
    });
    picker.addEventListener("change", () => {
      this.add(picker.files);
      picker.value = "";
    });
    this.button = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": words("files.attach"),
        title: words("files.attach"),
        dataset: { testid: "attach" },
        on: { click: () => picker.click() },
      },
      icon("attach"),
      picker,
    );
    picker.addEventListener("click", (event) => event.stopPropagation());
  }

  get isUploading() {
    return this.#items.some((item) => item.state === "uploading");
  }

  get haveFailed() {
    return this.#items.some((item) => item.state === "failed");
  }

  /** Ids of the files that have arrived. */
  get ids() {
    return this.#items.filter((item) => item.state === "ready").map((item) => item.id);
  }

  add(files) {
    for (const file of files) this.#add({ file, state: "uploading", abort: new AbortController() });
    this.#changed();
  }

  clear() {
    this.#items = this.#items.filter((item) => item.state !== "ready");
    this.#changed();
  }

  #add(item) {
    this.#items.push(item);
    const limit = this.#session.desk.file_limit;
    if (limit && item.file.size > limit) {
      Object.assign(item, {
        state: "failed",
        problem: words("files.too_large", { size: fileSize(item.file.size), limit: fileSize(limit) }),
      });
      return;
    }
    this.#upload(item);
  }

  async #upload(item) {
    try {
      const stored = await this.#session.api.upload(item.file, item.abort.signal);
      Object.assign(item, { state: "ready", id: stored.id });
    } catch (error) {
      if (error.name === "AbortError") return;
      Object.assign(item, { state: "failed", problem: error.message });
    }
    this.#changed();
  }

  #remove(item) {
    item.abort.abort();
    this.#items = this.#items.filter((other) => other !== item);
    this.#changed();
  }

  #changed() {
    this.element.hidden = !this.#items.length;
    fill(
      this.element,
      this.#items.map((item) => this.#chip(item)),
    );
    this.#onChange();
  }

  #chip(item) {
    const states = {
      uploading: words("files.uploading"),
      ready: fileSize(item.file.size),
      failed: item.problem,
    };
    return h(
      "li",
      {
        class: `attachment attachment--${item.state}`,
        dataset: { testid: "attachment", state: item.state },
      },
      icon("file"),
      h("span", { class: "attachment__name", dir: "auto" }, item.file.name),
      h(
        "span",
        { class: "attachment__state", role: item.state === "failed" ? "alert" : null },
        states[item.state],
      ),
      h(
        "button",
        {
          type: "button",
          class: "icon-button icon-button--small",
          "aria-label": words("files.remove", { name: item.file.name }),
          on: { click: () => this.#remove(item) },
        },
        icon("close"),
      ),
    );
  }
}
