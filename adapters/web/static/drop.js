/* Files dragged onto a pane go to its composer. */

export function acceptDroppedFiles(pane, take, signal) {
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const mark = (isOver) => pane.classList.toggle("pane--dropping", isOver);
  pane.addEventListener(
    "dragover",
    (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      mark(true);
    },
    { signal },
  );
  pane.addEventListener("dragleave", (event) => pane.contains(event.relatedTarget) || mark(false), {
    signal,
  });
  pane.addEventListener(
    "drop",
    (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      mark(false);
      take(event.dataTransfer.files);
    },
    { signal },
  );
}
