// automerge-repo's own server with its own file storage, to measure against.
// node server.mjs DIR [PORT]
import { createServer } from "node:http"
import { Repo } from "@automerge/automerge-repo"
import { WebSocketServerAdapter } from "@automerge/automerge-repo-network-websocket"
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs"
import { WebSocketServer } from "ws"

const [dir, port = "0"] = process.argv.slice(2)
const server = createServer()
const sockets = new WebSocketServer({ server })
new Repo({
  network: [new WebSocketServerAdapter(sockets)],
  storage: new NodeFSStorageAdapter(dir),
  // Documents are sent to those who ask for them, as our server does.
  sharePolicy: async () => false,
})
// The repo attaches itself late; a socket that comes before would be dropped.
while (sockets.listenerCount("connection") === 0) await new Promise(resolve => setImmediate(resolve))
server.listen(Number(port), "127.0.0.1", () => {
  const { address, port } = server.address()
  console.log(`listening http://${address}:${port}`)
})
