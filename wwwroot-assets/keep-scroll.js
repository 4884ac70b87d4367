// Blazor scrolls to the top whenever the address changes, also when only its query does. Inside [data-keep-scroll] that is undone, in the
// scroll event and so before the browser paints.

const patience = 2000; // ms that the server may take to answer a click or a key
let kept = null;

function keep(event) {
  if (event.target.closest?.("[data-keep-scroll]")) kept = { top: scrollY, path: location.pathname, at: performance.now() };
}

// Somebody scrolls: from here on the page is where they want it.
function forget(event) {
  if (event.type !== "keydown" || ["Home", "PageUp", "ArrowUp"].includes(event.key)) kept = null;
}

function restore() {
  if (kept === null || scrollY > 0) return;
  if (location.pathname === kept.path && performance.now() - kept.at < patience) scrollTo(0, kept.top);
}

document.addEventListener("pointerdown", forget, { passive: true });
document.addEventListener("wheel", forget, { passive: true });
document.addEventListener("touchmove", forget, { passive: true });
document.addEventListener("keydown", forget, { passive: true });
document.addEventListener("click", keep, { capture: true });
document.addEventListener("input", keep, { capture: true });
document.addEventListener("scroll", restore, { passive: true });
