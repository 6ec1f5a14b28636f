/* Where the person is, kept in the address: `#/channel` or `#/channel/thread`, so Back closes a thread. The
   home page is `#home`, which no channel can be. */

/** Stands for the home page where channels have their ids. */
export const HOME = "home@";
const HOME_ADDRESS = "#home";

/** What the address says; null parts are not given. */
export function readPlace() {
  if (location.hash === HOME_ADDRESS) return { channel: HOME, thread: null };
  const [, channel, thread] = location.hash.match(/^#\/([^/]+)(?:\/([^/]+))?$/) ?? [];
  return {
    channel: channel ? decodeURIComponent(channel) : null,
    thread: thread ? decodeURIComponent(thread) : null,
  };
}

export function addressOf(channel, thread = null) {
  if (channel === HOME) return HOME_ADDRESS;
  return `#/${encodeURIComponent(channel)}${thread ? `/${encodeURIComponent(thread)}` : ""}`;
}

/** Go there; `isReplacing` leaves no step for the Back button. */
export function writePlace({ channel, thread = null }, { isReplacing = false } = {}) {
  const hash = addressOf(channel, thread);
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
