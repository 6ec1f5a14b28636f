/* Files under a message: images as thumbnails, everything else as a chip with its size. */

import { h, icon } from "./dom.js";
import { words } from "./words.js";

const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

export function fileList(files, { session }) {
  if (!files?.length) return null;
  return h(
    "ul",
    { class: "files", "aria-label": words("files", { count: files.length }) },
    files.map((file) => h("li", {}, view(file, session))),
  );
}

/** `1.4 MiB`, in powers of 1024 as the desk's limit is. */
export function fileSize(bytes) {
  const units = ["bytes", "kibibytes", "mebibytes", "gibibytes"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return words(`size.${units[unit]}`, { number: Math.round(size * 10) / 10 });
}

/** A file that could not be kept has no id; it says why instead of offering a link that leads nowhere. */
function view(file, session) {
  if (!file.id) return missing(file);
  return PICTURES.has(file.media_type) ? picture(file, session) : chip(file, session);
}

function missing(file) {
  return h(
    "span",
    { class: "file-chip file-chip--missing" },
    icon("file"),
    h("span", { class: "file-chip__name", dir: "auto" }, file.name),
    h("span", { class: "file-chip__size" }, file.problem || words("files.not_saved")),
  );
}

function picture(file, session) {
  const address = session.api.fileUrl(file);
  return h(
    "a",
    {
      class: "picture",
      href: address,
      target: "_blank",
      rel: "noopener",
      title: words("files.picture", { name: file.name, size: fileSize(file.size) }),
    },
    h("img", {
      src: address,
      alt: file.name,
      width: "200",
      height: "140",
      loading: "lazy",
      decoding: "async",
    }),
  );
}

function chip(file, session) {
  return h(
    "a",
    { class: "file-chip", href: session.api.fileUrl(file), download: file.name },
    icon("file"),
    h("span", { class: "file-chip__name", dir: "auto" }, file.name),
    h("span", { class: "file-chip__size" }, fileSize(file.size)),
  );
}
