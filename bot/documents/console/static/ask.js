/* What a page asks of the desk. Whoever is signed out while they send something is told, and keeps what they wrote. An answer says `part`, what to show, or `said` and where it was done from. */
import { tell, word } from "./words.js";

const token = () => document.querySelector('meta[name="form-token"]')?.content ?? "";

export async function ask(address, body = null) {
  const headers = { Accept: "application/json", "X-Form-Token": token() };
  try {
    const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers, redirect: "follow" });
    if (answer.status === 401 && !body) {
      location.reload();
      return null;
    }
    const values = answer.status === 204 ? {} : await answer.json();
    if (values.error) tell(values.error, "warning");
    return { status: answer.status, ...values };
  } catch {
    tell(word("lost"), "warning");
    return null;
  }
}

/* A form's fields with the button that sent it. */
export function fieldsOf(form, button) {
  const given = new FormData(form);
  if (button?.name) given.append(button.name, button.value);
  return given;
}

/* What makes a press one deed. Without https a browser has no randomUUID. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (each) => each.toString(16).padStart(2, "0")).join("");
}
