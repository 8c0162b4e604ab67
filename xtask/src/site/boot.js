// Starts the app, then lets the service worker keep it for the next time without a network.
import init from "./@SCRIPT@";

const started = init({ module_or_path: new URL("./@WASM@", import.meta.url) });
const shell = document.getElementById("shell");
started.then(
  () => shell?.remove(),
  () => document.getElementById("shell-failed")?.removeAttribute("hidden"),
);

if ("serviceWorker" in navigator) {
  started.finally(() => navigator.serviceWorker.register("/sw.js"));
}
