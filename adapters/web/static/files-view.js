/* Files under a message: images as thumbnails, everything else as a chip with its size. */

import { h, icon } from "./dom.js";

const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

export function fileList(files, { session }) {
  if (!files?.length) return null;
  return h(
    "ul",
    { class: "files", "aria-label": files.length === 1 ? "One file" : `${files.length} files` },
    files.map((file) => h("li", {}, view(file, session))),
  );
}

/** `1.4 MiB`, in powers of 1024 as the desk's limit is. */
export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["KiB", "MiB", "GiB"];
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size < 100 ? size.toFixed(1).replace(/\.0$/, "") : Math.round(size)} ${units[unit]}`;
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
    h("span", { class: "file-chip__size" }, file.problem || "could not be kept"),
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
      title: `${file.name}, ${fileSize(file.size)}`,
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
