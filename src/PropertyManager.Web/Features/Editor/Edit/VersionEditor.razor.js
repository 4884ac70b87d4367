// Keys that mean the whole editor. A field undoes what was typed in it by itself, and so does the code editor.
export function listen(page) {
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, .monaco-editor");
  const pressed = (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const what = key === "s" ? "save" : key === "z" ? (event.shiftKey ? "redo" : "undo") : key === "y" ? "redo" : null;
    if (!what || (what !== "save" && typing(event.target))) return;
    event.preventDefault();
    // A field gives its value when it is left; saving is after that.
    if (what === "save") document.activeElement?.dispatchEvent(new Event("change", { bubbles: true }));
    page.invokeMethodAsync("KeyAsync", what);
  };
  // A place takes a rule only where this says so, and it is asked too often for the circuit.
  const over = (event) => event.target.closest?.("[data-drop]") && event.preventDefault();
  document.addEventListener("keydown", pressed);
  document.addEventListener("dragover", over);
  return {
    dispose() {
      document.removeEventListener("keydown", pressed);
      document.removeEventListener("dragover", over);
    },
  };
}
