// Starts the app, then lets the service worker keep it for the next time without a network.
import init from "./@SCRIPT@";

const started = init({ module_or_path: new URL("./@WASM@", import.meta.url) });
const shell = document.getElementById("shell");
started.then(
  () => shell?.remove(),
  () => document.getElementById("shell-failed")?.removeAttribute("hidden"),
);

// A panic ends the app where it stands: say so, instead of a page that no longer answers.
const stopped = document.getElementById("stopped");
const told = (error) => {
  if (error instanceof WebAssembly.RuntimeError) stopped?.removeAttribute("hidden");
};
addEventListener("error", (event) => told(event.error));
addEventListener("unhandledrejection", (event) => told(event.reason));
stopped?.querySelector("button")?.addEventListener("click", () => location.reload());

if ("serviceWorker" in navigator) {
  started.finally(() => navigator.serviceWorker.register("/sw.js"));
}
