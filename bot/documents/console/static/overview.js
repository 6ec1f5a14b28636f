/* Numbers of a page that stay true: when tickets change, the parts that are marked `data-live` are read anew. What has
   the focus is left alone until it has not. */
const AT_MOST_EVERY_MS = 2000;
let waits = false;

export function begin() {
  if (!document.querySelector("[data-live]")) return;
  for (const kind of ["desk:changed", "desk:found"]) document.addEventListener(kind, soon);
}

function soon() {
  if (waits) return;
  waits = true;
  setTimeout(refresh, AT_MOST_EVERY_MS);
}

/* After a form was refused the address is the form's own: the page is where its navigation says. */
function here() {
  const own = document.querySelector(".sections a[aria-current]");
  return own && document.querySelector("form .refused") ? own.href : location.href;
}

async function refresh() {
  waits = false;
  const address = new URL(here());
  address.searchParams.delete("said");
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return;
  const read = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = read.getElementById(part.id);
    if (now && !part.contains(document.activeElement)) part.innerHTML = now.innerHTML;
  }
}
