/* Where the person is, kept in the address: `#/channel` or `#/channel/thread`, so Back closes a thread. */

/** What the address says; null parts are not given. */
export function readPlace() {
  const [, channel, thread] = location.hash.match(/^#\/([^/]+)(?:\/([^/]+))?$/) ?? [];
  return {
    channel: channel ? decodeURIComponent(channel) : null,
    thread: thread ? decodeURIComponent(thread) : null,
  };
}

/** Go there; `isReplacing` leaves no step for the Back button. */
export function writePlace({ channel, thread = null }, { isReplacing = false } = {}) {
  const hash = `#/${encodeURIComponent(channel)}${thread ? `/${encodeURIComponent(thread)}` : ""}`;
  if (hash === location.hash) return;
  if (isReplacing) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
}

/** Whom an address kept elsewhere asks about (`/people/ana@example.com`), read once and taken out of the address. */
export function takeAskedAbout() {
  const person = location.hash.match(/^#about=(.+)$/)?.[1];
  if (person) history.replaceState(null, "", location.pathname);
  return person ? decodeURIComponent(person) : null;
}

/** Who a new tab was opened for (`#as=ana`), read once and taken out of the address. */
export function takeRequestedPerson() {
  const person = location.hash.match(/^#as=(.+)$/)?.[1];
  if (person) history.replaceState(null, "", location.pathname);
  return person ? decodeURIComponent(person) : null;
}
