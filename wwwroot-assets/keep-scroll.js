// Blazor scrolls to the top whenever the address changes, also when only its query does. Inside [data-keep-scroll] that is undone, in the
// scroll event and so before the browser paints.

const patience = 1000; // ms that the server may take to answer a click or a key
let kept = null;

function keep(event) {
  if (event.target.closest?.("[data-keep-scroll]")) kept = { top: scrollY, path: location.pathname, at: performance.now() };
}

function forget() {
  kept = null;
}

function restore() {
  if (kept === null || scrollY > 0) return;
  const { top, path, at } = kept;
  forget();
  if (location.pathname === path && performance.now() - at < patience) scrollTo(0, top);
}

document.addEventListener("click", keep, { capture: true });
document.addEventListener("input", keep, { capture: true });
document.addEventListener("wheel", forget, { passive: true });
document.addEventListener("touchmove", forget, { passive: true });
document.addEventListener("scroll", restore, { passive: true });
