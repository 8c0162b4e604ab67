// A plain automerge-repo client whose socket carries a session cookie.
import { Repo } from "@automerge/automerge-repo"
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket"
import WebSocket from "ws"

class CookieAdapter extends WebSocketClientAdapter {
  constructor(url, cookie) {
    super(url, 200)
    this.cookie = cookie
  }

  connect(peerId, peerMetadata) {
    this.peerId = peerId
    this.peerMetadata = peerMetadata ?? {}
    this.socket = new WebSocket(this.url, { headers: { cookie: this.cookie } })
    this.socket.binaryType = "arraybuffer"
    this.socket.addEventListener("open", this.onOpen)
    this.socket.addEventListener("close", this.onClose)
    this.socket.addEventListener("message", this.onMessage)
    this.socket.addEventListener("error", () => {})
    this.join()
  }
}

/** Signs in and returns a repo without storage; `offline` and `online` cut and restore its line. */
export async function client(server, account) {
  const adapter = new CookieAdapter(`${server.url.replace("http", "ws")}/sync`, await server.cookie(account))
  const repo = new Repo({ network: [adapter] })
  await adapter.whenReady()
  return {
    repo,
    offline: () => adapter.disconnect(),
    online: () => adapter.connect(repo.peerId, adapter.peerMetadata),
    close: () => adapter.disconnect(),
  }
}

/** Waits until `test` is true of the handle's document. */
export async function until(handle, test, what) {
  if (test(handle.doc())) return
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what}: ${JSON.stringify(handle.doc())}`)), 10_000)
    handle.on("change", ({ doc }) => {
      if (!test(doc)) return
      clearTimeout(timer)
      resolve()
    })
  })
}
