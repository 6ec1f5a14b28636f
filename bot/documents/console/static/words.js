/* What scripts say by themselves: sentences that the page brought along. */
const said = JSON.parse(document.getElementById("words")?.textContent || "{}");

export function word(key) {
  return said[key] ?? "";
}

/* Says it to people who see, and to those who listen. */
export function tell(text, tone = "") {
  const dialog = document.querySelector("dialog[open]");
  if (dialog && tone) {
    tellIn(dialog, text);
    return;
  }
  const line = document.getElementById("said");
  if (!line) return;
  line.dataset.tone = tone;
  line.textContent = text;
}

/* The same of what the desk answered, with its buttons. */
export function tellHtml(html) {
  const line = document.getElementById("said");
  if (!line || !html) return;
  line.dataset.tone = "";
  line.innerHTML = html;
}

/* What goes wrong while a dialog is open is said in it: the page is out of sight. */
function tellIn(dialog, text) {
  const line = dialog.querySelector(".dialog-said") ?? document.createElement("p");
  line.className = "dialog-said problem";
  line.setAttribute("role", "alert");
  line.textContent = text;
  dialog.prepend(line);
}
