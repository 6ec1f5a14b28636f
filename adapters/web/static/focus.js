/* Where the keyboard was, so that it can go back there even if that part of the page was drawn anew. */

/** Remember `element`; the function answered focuses it, or what stands in its place now. */
export function rememberFocus(element = document.activeElement) {
  const pane = element?.closest(".pane")?.id;
  const key = element?.closest("[data-key]")?.dataset.key;
  const name = element?.dataset.focus;
  return () => {
    if (element?.isConnected) return element.focus({ preventScroll: true });
    if (!pane || !key) return undefined;
    const row = document.querySelector(`#${pane} [data-key="${CSS.escape(key)}"]`);
    const twin = name && row?.querySelector(`[data-focus="${CSS.escape(name)}"]`);
    return (twin || row)?.focus({ preventScroll: true });
  };
}
