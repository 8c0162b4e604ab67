// automerge-repo's own server with its own file storage, to measure against.
// node server.mjs DIR [PORT]
import { createServer } from "node:http"
import { Repo } from "@automerge/automerge-repo"
import { WebSocketServerAdapter } from "@automerge/automerge-repo-network-websocket"
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs"
import { WebSocketServer } from "ws"

const [dir, port = "0"] = process.argv.slice(2)
const server = createServer()
new Repo({
  network: [new WebSocketServerAdapter(new WebSocketServer({ server }))],
  storage: new NodeFSStorageAdapter(dir),
  // Documents are sent to those who ask for them, as our server does.
  sharePolicy: async () => false,
})
server.listen(Number(port), "127.0.0.1", () => {
  const { address, port } = server.address()
  console.log(`listening http://${address}:${port}`)
})
