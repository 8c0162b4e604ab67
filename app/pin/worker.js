// Derives the key that wraps a person's data key from their PIN, beside the page. Is sent [pin, salt, memory, passes], answers
// with a key that cannot be read out, or null; the page then ends this worker, and with it what it remembers.
import init, { derive } from "./pin.js";

const ready = init({ module_or_path: new URL("./pin_bg.wasm", import.meta.url) });

onmessage = async ({ data }) => {
  const raw = await ready.then(() => derive(...data)).catch(() => undefined);
  // Without a secure origin there is no `subtle`: the page is told, and does not wait.
  const key = async () => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  postMessage(raw ? await key().catch(() => null) : null);
  raw?.fill(0);
};
