// Starts Blazor so that a lost connection is retried for ever, and says so meanwhile. The page comes back by itself.
(() => {
  "use strict";

  const dialog = document.getElementById("components-reconnect-modal");
  const longest = 5_000;
  const delay = (attempt) => (attempt === 0 ? 0 : Math.min(longest, 500 * 1.6 ** (attempt - 1)));

  // Blazor's script says what happens by a class on the element; it leaves showing it to the page.
  const show = () => dialog.open || dialog.showModal();
  const states = {
    "components-reconnect-show": show,
    "components-reconnect-failed": async () => {
      show();
      await new Promise((resolve) => setTimeout(resolve, longest));
      Blazor.reconnect();
    },
    "components-reconnect-hide": () => dialog.close(),
    // The server is back but does not know this page any more: it was restarted, or the page was away too long.
    "components-reconnect-rejected": () => location.reload(),
  };

  let last = "";
  new MutationObserver(() => {
    const state = Object.keys(states).find((name) => dialog.classList.contains(name));
    if (state && state !== last) {
      last = state;
      states[state]();
    }
  }).observe(dialog, { attributeFilter: ["class"] });

  // Esc would hide the reason why nothing answers.
  dialog.addEventListener("close", () => {
    if (last !== "components-reconnect-hide") {
      show();
    }
  });

  Blazor.start({
    circuit: { reconnectionOptions: { maxRetries: Number.MAX_SAFE_INTEGER, retryIntervalMilliseconds: delay } },
  });
})();
