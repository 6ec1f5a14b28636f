/* Calls to the desk's server, each in one person's name. A failure is an ApiError whose message may be
   shown as it is: it is in the language that the page speaks. */

import { language, words } from "./words.js";

export class ApiError extends Error {
  /** `status` is the HTTP status, or 0 when the server could not be reached at all. */
  constructor(message, status) {
    super(message);
    this.status = status;
  }

  /** Whether the server may have done it all the same. */
  get isUnsure() {
    return this.status === 0 || this.status >= 500;
  }
}

export class Api {
  #person;
  #token;

  /** `token` is sent with whatever changes something; empty where the page pretends. */
  constructor(person, token = "") {
    this.#person = person;
    this.#token = token;
  }

  get(path) {
    return this.#call("GET", path);
  }

  /** All that a page begins with. Which language that is in, the browser says, unless the person has one. */
  open(place) {
    const query = new URLSearchParams({ speaks: language(), ...place });
    return this.#fetch("GET", `/api/opening?${query}`, { speaks: null });
  }

  post(path, body) {
    return this.#call("POST", path, body);
  }

  patch(path, body) {
    return this.#call("PATCH", path, body);
  }

  delete(path) {
    return this.#call("DELETE", path);
  }

  /** Send one file; `signal` stops it. Answers its id, name, size and media type. */
  upload(file, signal) {
    const body = new FormData();
    body.append("file", file, file.name);
    return this.#fetch("POST", "/api/files", { body, signal });
  }

  /** Where a file can be fetched by a link or an image, which cannot carry the person's header. */
  fileUrl(file) {
    return `/api/files/${encodeURIComponent(file.id)}?person=${encodeURIComponent(this.#person)}`;
  }

  #call(method, path, body) {
    if (body === undefined) return this.#fetch(method, path, {});
    return this.#fetch(method, path, { body: JSON.stringify(body), type: "application/json" });
  }

  async #fetch(method, path, { body, type, signal, speaks = language() }) {
    const headers = { Accept: "application/json" };
    if (speaks) headers["Accept-Language"] = speaks;
    if (this.#person) headers["X-Person"] = this.#person;
    if (this.#token) headers["X-Form-Token"] = this.#token;
    if (type) headers["Content-Type"] = type;
    let response;
    try {
      response = await fetch(path, { method, headers, body, signal });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new ApiError(words("error.unreachable"), 0);
    }
    const answer = await readJson(response);
    if (response.status === 401) location.assign("/sign-in?next=%2F"); // signed out since
    if (!response.ok) throw new ApiError(answer?.error ?? refusal(response.status), response.status);
    return answer;
  }
}

/** The path of a channel's resource; ids may hold any character. */
export function channelPath(channel, rest) {
  return `/api/channels/${encodeURIComponent(channel)}/${rest}`;
}

async function readJson(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function refusal(status) {
  if (status === 413) return words("error.too_large");
  if (status === 403) return words("error.not_allowed");
  return words("error.other", { status: String(status) });
}
