// What the diff needs of the browser: its width, the keys, scrolling, and the clipboard.

const narrowBelow = 700; // the style sheet's container query says the same

/** Binds to a diff. `view` is told by SetNarrow whether there is room for two columns. */
export function attach(root, view) {
  const scroller = () => root.querySelector(".scroll");
  let narrow = false;

  const width = new ResizeObserver(([entry]) => {
    const now = entry.contentRect.width > 0 && entry.contentRect.width < narrowBelow;
    if (now !== narrow) {
      narrow = now;
      view.invokeMethodAsync("SetNarrow", narrow);
    }
  });

  // Sideways, the texts of both sides move as one while the numbers stay.
  const onScroll = (event) => {
    if (event.target === scroller()) root.style.setProperty("--diff-shift", `${event.target.scrollLeft}px`);
  };

  const stepOf = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input, textarea, select, [contenteditable]")) return null;
    if (event.key === "F7") return event.shiftKey ? "previous" : "next";
    // Single letters work only while the focus is in the diff: elsewhere they may mean something else.
    if (event.shiftKey || !root.contains(event.target)) return null;
    return { n: "next", p: "previous" }[event.key] ?? null;
  };

  const onKey = (event) => {
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault();
    root.querySelector(`[data-diff-step=${step}]`)?.click();
  };

  // What changed in a long line may be beside the view. Rows are drawn when they come into view: they are waited for, by frames.
  const showMark = (lines, frames) => {
    const mark = lines.querySelector(".row.current mark");
    if (!mark) {
      if (frames > 0 && lines.isConnected) requestAnimationFrame(() => showMark(lines, frames - 1));
      return;
    }
    const [place, view] = [mark.getBoundingClientRect(), mark.closest(".text").getBoundingClientRect()];
    const seen = place.left >= view.left && Math.min(place.right, place.left + view.width / 2) <= view.right;
    if (!seen) lines.scrollLeft = Math.max(0, lines.scrollLeft + place.left - view.left - view.width / 3);
  };

  width.observe(root);
  root.addEventListener("scroll", onScroll, { capture: true, passive: true });
  document.addEventListener("keydown", onKey);

  return {
    scrollToRow(row, height) {
      const lines = scroller();
      if (!lines) return;
      lines.scrollTop = Math.max(0, row * height - lines.clientHeight / 3);
      showMark(lines, 60);
    },

    async copyLink() {
      try {
        await navigator.clipboard.writeText(location.href);
        return true;
      } catch {
        return false; // no permission, or no secure connection
      }
    },

    dispose() {
      width.disconnect();
      root.removeEventListener("scroll", onScroll, { capture: true });
      document.removeEventListener("keydown", onKey);
    },
  };
}
