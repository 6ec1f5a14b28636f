/* Keeping a reader's place: whatever changes in a list, what they were looking at stays where it was,
   and somebody at the end stays at the end. */

const NEAR_PX = 64;

export function isAtEnd(scroller) {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;
}

export function goToEnd(scroller) {
  scroller.scrollTop = scroller.scrollHeight;
}

/** Run `change` on the rows (elements with `data-key`) of `list` inside `scroller`. */
export function keepPlace(scroller, list, change) {
  if (isAtEnd(scroller)) {
    change();
    goToEnd(scroller);
    return;
  }
  const top = scroller.getBoundingClientRect().top;
  const anchor = [...list.children].find((row) => row.getBoundingClientRect().bottom > top);
  const key = anchor?.dataset.key;
  const before = anchor?.getBoundingClientRect().top;
  change();
  const after = key && list.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (after) scroller.scrollTop += after.getBoundingClientRect().top - before;
}

/** Replace `old` by `fresh`; the keyboard stays on the element with the same `data-focus`, or on the row. */
export function swapRow(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  if (old.tabIndex === 0) fresh.tabIndex = 0;
  old.replaceWith(fresh);
  if (!focused) return;
  const same =
    focused.dataset.focus && fresh.querySelector(`[data-focus="${CSS.escape(focused.dataset.focus)}"]`);
  (same || fresh).focus({ preventScroll: true });
}
