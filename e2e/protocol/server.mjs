// Our server as a child process, and accounts on it.
import { spawn, execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"

const target = new URL("../../target/", import.meta.url).pathname
const built = ["release", "debug"].map(profile => join(target, profile, "server"))
const binary = process.env.XIANGYI_SERVER ?? built.find(existsSync)
const password = "xiangyi-demo"

export class Server {
  dir = mkdtempSync(join(tmpdir(), "xiangyi-protocol-"))
  database = `sqlite:${join(this.dir, "data.db")}`
  listen = "127.0.0.1:0"

  account(name, role, team) {
    const place = ["--institution", "h1", "--team", team]
    const command = ["account", "add", name, "--role", role, ...place, "--database", this.database]
    execFileSync(binary, command, { input: password, stdio: ["pipe", "ignore", "ignore"] })
  }

  /** Starts, the second time on the same port, so that clients find it again. */
  async start() {
    const command = ["serve", "--listen", this.listen, "--database", this.database]
    this.child = spawn(binary, command, { stdio: ["ignore", "pipe", "ignore"] })
    for await (const line of createInterface(this.child.stdout)) {
      const url = line.match(/^listening (http:.*)$/)?.[1]
      if (url) {
        this.url = url
        this.listen = new URL(url).host
        return
      }
    }
    throw new Error("the server ended before it listened")
  }

  async kill() {
    const gone = new Promise(resolve => this.child.once("exit", resolve))
    this.child.kill("SIGKILL")
    await gone
  }

  async cookie(account) {
    const answer = await fetch(`${this.url}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ account, password }),
    })
    if (answer.status !== 204) throw new Error(`signing in: ${answer.status}`)
    return answer.headers.get("set-cookie").split(";")[0]
  }

  async stop() {
    await this.kill()
    rmSync(this.dir, { recursive: true })
  }
}
