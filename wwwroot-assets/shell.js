// Loaded in <head>, before anything is drawn. What needs no server is done here: theme, time zone, copying, dialogs, reconnecting.
(() => {
  "use strict";

  const year = 60 * 60 * 24 * 365;
  const keep = (name, value) => {
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax`;
  };

  // The server writes times in this zone. A traveller's zone changes, so it is kept fresh on every load.
  keep("pm-tz", Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC");

  const themes = ["auto", "light", "dark"];

  function setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    for (const link of document.querySelectorAll("link[data-theme-sheet]")) {
      const own = link.dataset.themeSheet;
      link.media = theme === "auto" ? `(prefers-color-scheme: ${own})` : theme === own ? "all" : "not all";
    }
    keep("pm-theme", theme);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // No clipboard API on plain http: a selected field still copies.
      const field = document.createElement("textarea");
      field.value = text;
      field.style.cssText = "position:fixed;opacity:0";
      document.body.append(field);
      field.select();
      const copied = document.execCommand("copy");
      field.remove();
      return copied;
    }
  }

  // Copied here rather than over the circuit: browsers allow it only within the click.
  async function copyFrom(button) {
    const said = await copy(button.dataset.copy) ? "Copied" : "Could not copy";
    const status = button.querySelector("[role=status]");
    button.dataset.copied = "";
    status.textContent = said;
    clearTimeout(button.copiedTimer);
    button.copiedTimer = setTimeout(() => {
      delete button.dataset.copied;
      status.textContent = "";
    }, 2000);
  }

  function fillSignIn(button) {
    const form = document.getElementById("sign-in");
    form.querySelector("#email").value = button.dataset.email;
    form.querySelector("#password").value = button.dataset.password;
    form.querySelector("[type=submit]").focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-toggle], [data-copy], [data-email], [data-skip]");
    if (button?.matches("[data-theme-toggle]")) {
      const now = document.documentElement.dataset.theme;
      setTheme(themes[(themes.indexOf(now) + 1) % themes.length]);
    } else if (button?.matches("[data-copy]")) {
      copyFrom(button);
    } else if (button?.matches("[data-email]")) {
      fillSignIn(button);
    } else if (button) {
      // With <base href="/">, a link to #content would lead to the start page.
      event.preventDefault();
      document.getElementById("content").focus();
    }

    // A link inside an open menu leads away without a new document: the menu has to be closed by hand.
    event.target.closest("a")?.closest(":popover-open")?.hidePopover();
  });

  window.pm = {
    showModal: (dialog) => dialog.open || dialog.showModal(),
    close: (dialog) => dialog.close(),
  };
})();
