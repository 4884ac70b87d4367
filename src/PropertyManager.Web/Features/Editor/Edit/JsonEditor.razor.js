// The code editor comes with a package and is loaded when it is first shown; nothing comes from elsewhere.
const base = new URL("_content/BlazorMonaco/lib/monaco-editor/min/", document.baseURI);

let loading;

function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("vs/loader.js", base).href;
    script.onerror = () => {
      loading = undefined;
      reject(new Error("The code editor could not be loaded."));
    };
    script.onload = () => {
      window.require.config({ paths: { vs: new URL("vs", base).href } });
      window.require(["vs/editor/editor.main"], resolve, reject);
    };
    document.head.append(script);
  });
  return loading;
}

const dark = window.matchMedia("(prefers-color-scheme: dark)");

function theme() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "dark" || (chosen === "auto" && dark.matches) ? "vs-dark" : "vs";
}

export async function start(element, page, text, schemaAddress) {
  const [, schema] = await Promise.all([load(), fetch(schemaAddress).then((answer) => answer.json())]);
  const monaco = window.monaco;
  monaco.languages.json.jsonDefaults.setDiagnosticsOptions({
    validate: true,
    allowComments: false,
    schemas: [{ uri: "inmemory://rules.schema.json", fileMatch: ["*"], schema }],
  });
  const editor = monaco.editor.create(element, {
    value: text,
    language: "json",
    theme: theme(),
    automaticLayout: true,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    tabSize: 4,
    fontSize: 13,
    ariaLabel: "Rules as JSON",
    wordWrap: "on",
  });

  let writing = false;
  let pause;
  // One after the other: an older text never comes in after a newer one.
  let sent = Promise.resolve();
  const send = () => {
    clearTimeout(pause);
    pause = undefined;
    sent = sent
      .catch(() => {})
      .then(() => page.invokeMethodAsync("TypedAsync", DotNet.createJSStreamReference(new TextEncoder().encode(editor.getValue()))));
  };
  editor.onDidChangeModelContent(() => {
    if (writing) return;
    clearTimeout(pause);
    pause = setTimeout(send, 300);
  });
  // Whoever goes elsewhere, to another tab or to "Save", has said it.
  editor.onDidBlurEditorText(() => pause && send());

  const follow = () => monaco.editor.setTheme(theme());
  const watcher = new MutationObserver(follow);
  watcher.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  dark.addEventListener("change", follow);

  return {
    write(value) {
      clearTimeout(pause);
      pause = undefined;
      const view = editor.saveViewState();
      writing = true;
      editor.setValue(value);
      writing = false;
      editor.restoreViewState(view);
    },
    goTo(line, column) {
      editor.revealLineInCenter(line);
      editor.setPosition({ lineNumber: line, column });
      editor.focus();
    },
    dispose() {
      clearTimeout(pause);
      watcher.disconnect();
      dark.removeEventListener("change", follow);
      editor.getModel()?.dispose();
      editor.dispose();
    },
  };
}
