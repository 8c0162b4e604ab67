import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { generateAutomergeUrl } from "@automerge/automerge-repo"
import { client, until } from "./client.mjs"
import { Server } from "./server.mjs"

const server = new Server()
const clients = []

async function connect(account) {
  const connected = await client(server, account)
  clients.push(connected)
  return connected
}

before(async () => {
  server.account("doctor", "village_doctor", "t1")
  server.account("nurse", "nurse", "t1")
  server.account("stranger", "village_doctor", "t2")
  await server.start()
})

after(async () => {
  for (const each of clients) each.close()
  await server.stop()
  // automerge-repo keeps timers that would hold the process.
  setTimeout(() => process.exit(), 200).unref()
})

test("a document made by one client is seen and changed by another", async () => {
  const [doctor, nurse] = [await connect("doctor"), await connect("nurse")]
  const mine = doctor.repo.create({ visits: [] })
  mine.change(doc => doc.visits.push("152/96"))
  const theirs = await found(nurse, mine.url)
  await until(theirs, doc => doc?.visits?.length === 1, "the nurse never saw the visit")
  theirs.change(doc => doc.visits.push("148/92"))
  await until(mine, doc => doc.visits.length === 2, "the doctor never saw the second visit")
})

test("what two clients wrote apart is together after they reconnect", async () => {
  const [doctor, nurse] = [await connect("doctor"), await connect("nurse")]
  const mine = doctor.repo.create({})
  mine.change(doc => void (doc.start = true))
  const theirs = await found(nurse, mine.url)
  await until(theirs, doc => doc?.start, "the nurse never saw the start")
  doctor.offline()
  nurse.offline()
  for (let n = 0; n < 20; n++) {
    mine.change(doc => void (doc[`doctor${n}`] = n))
    theirs.change(doc => void (doc[`nurse${n}`] = n))
  }
  doctor.online()
  nurse.online()
  const whole = doc => Object.keys(doc).length === 41
  await until(mine, whole, "the doctor never got everything")
  await until(theirs, whole, "the nurse never got everything")
  assert.deepEqual(mine.doc(), theirs.doc())
})

test("a document outlives the server's sudden death, and its clients go on", async () => {
  const doctor = await connect("doctor")
  const mine = doctor.repo.create({ before: true })
  const nurse = await connect("nurse")
  const theirs = await found(nurse, mine.url)
  await until(theirs, doc => doc?.before, "the nurse never saw the start")
  await server.kill()
  mine.change(doc => void (doc.during = true))
  await server.start()
  await until(theirs, doc => doc.during, "the nurse never saw what was written meanwhile")
  const second = await connect("nurse")
  const again = await found(second, mine.url)
  await until(again, doc => doc?.before && doc?.during, "a newcomer never saw the document")
})

test("a large document travels whole", async () => {
  const [doctor, nurse] = [await connect("doctor"), await connect("nurse")]
  const mine = doctor.repo.create({ rows: [] })
  for (let n = 0; n < 300; n++) mine.change(doc => void doc.rows.push(`row ${n} ${"x".repeat(500)}`))
  const theirs = await found(nurse, mine.url)
  await until(theirs, doc => doc?.rows?.length === 300, "the nurse never got every row")
})

test("a document of another team and one that never was look alike", async () => {
  const [doctor, nurse] = [await connect("doctor"), await connect("nurse")]
  const mine = doctor.repo.create({ secret: true })
  const theirs = await found(nurse, mine.url)
  await until(theirs, doc => doc?.secret, "the document never reached the server")
  const stranger = await connect("stranger")
  await assert.rejects(stranger.repo.find(mine.url), /unavailable/)
  await assert.rejects(stranger.repo.find(generateAutomergeUrl()), /unavailable/)
})

/** Finds a document that the other client may still be sending. */
async function found({ repo }, url) {
  const deadline = Date.now() + 10_000
  for (;;) {
    try {
      return await repo.find(url)
    } catch (error) {
      if (Date.now() > deadline) throw error
      await repo.delete(url)
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}
