// A photo of 5 MB is taken in a farmhouse without a line. The line is cut three times while it goes out, the server is killed
// once: it arrives whole, once, for those who may read the record and nobody else. Each test goes on where the one before ended.
import assert from "node:assert/strict";
import { createHash, randomFillSync } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import zlib from "node:zlib";
import { follow, installed, open, press, pressure, signIn, synced, unlock } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { dump, search } from "../support/disk.mjs";
import { startServer } from "../support/server.mjs";

const NAME = "蒲桂芳";
const SIDE = 1320;
let server, doctor, nurse, stranger, resident;
let photo, pixels, where;

/** Makes a picture of noise, which nothing can make smaller, and the hash of what one sees on it. */
function picture() {
  const rows = Array.from({ length: SIDE }, () => randomFillSync(Buffer.alloc(1 + SIDE * 3), 1));
  const seen = Buffer.alloc(SIDE * SIDE * 4, 255);
  rows.forEach((row, y) => {
    for (let x = 0; x < SIDE; x += 1) row.copy(seen, (y * SIDE + x) * 4, 1 + x * 3, 4 + x * 3);
  });
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(zlib.crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIDE, 0);
  head.writeUInt32BE(SIDE, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const data = zlib.deflateSync(Buffer.concat(rows), { level: 0 });
  const magic = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const file = Buffer.concat([magic, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
  return [file, createHash("sha256").update(seen).digest("hex")];
}

/** Opens the photo on a page and returns the hash of what one sees. */
async function look(page) {
  await page.getByRole("button", { name: /左足背溃疡/ }).first().click();
  const image = page.getByRole("dialog").locator("img.picture");
  await image.waitFor({ timeout: 60_000 });
  const seen = await image.evaluate(async (image) => {
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  });
  await press(page, "关闭");
  return seen;
}

/** Returns the files of blobs that the server keeps. */
async function kept() {
  const found = await readdir(path.join(server.dir, "demo.db-blobs"), { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

before(async () => {
  [photo, pixels] = picture();
  assert.ok(photo.length > 5_000_000);
  server = await startServer();
  [doctor, nurse] = [await Device.new(server, "phone"), await Device.new(server, "tablet")];
});

after(async () => {
  for (const device of [doctor, nurse, stranger, resident]) await device?.close();
  await server?.close();
});

test("without a line a photo is taken during a visit, saved, counted and seen", async () => {
  const { page } = doctor;
  await signIn(doctor, "doctor1");
  await synced(page);
  await installed(page);
  await open(page, "pgf", NAME);
  where = new URL(page.url()).pathname;
  await doctor.offline();
  await follow(page, "开始随访");
  await pressure(page, "13282");
  await press(page, "下一步");
  const file = { name: "foot.png", mimeType: "image/png", buffer: photo };
  await page.locator("input[type=file][capture]").setInputFiles(file);
  const dialog = page.getByRole("dialog");
  await dialog.getByText("5.2 MB").first().waitFor();
  await dialog.getByLabel("说明").fill("左足背溃疡");
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.getByTestId("file-state").filter({ hasText: "待上传" }).waitFor();
  await follow(page, "返回");
  await page.getByRole("status").filter({ hasText: /待传 1 条|待上传 1 条/ }).first().waitFor();
  assert.equal(await look(page), pixels);
});

test("after the tab was killed the photo is still on the device, sealed, and seen without a line", async () => {
  await doctor.killTab();
  await doctor.newPage();
  await unlock(doctor, where);
  assert.equal(await look(doctor.page), pixels);
});

test("cut three times and with the server killed once, it goes on where it was and arrives", async () => {
  const { page, line } = doctor;
  await doctor.context.setOffline(false);
  const before = line.sent;
  for (const bytes of [900_000, 1_100_000, 1_300_000]) {
    const cut = line.cutAfter(bytes);
    line.mend();
    await cut;
    await page.waitForTimeout(300);
  }
  const killed = line.cutAfter(700_000);
  line.mend();
  await killed;
  await server.kill();
  await server.start();
  line.mend();
  await synced(page);
  const again = line.sent - before - photo.length;
  assert.ok(again < 4 * 600_000, `${again} bytes more than the photo went out`);
});

test("the server has it once, sealed", async () => {
  const files = await kept();
  assert.equal(files.length, 1);
  const sealed = await readFile(files[0]);
  assert.equal(sealed.length, photo.length + 28);
  assert.equal(createHash("sha256").update(sealed).digest("hex"), path.basename(files[0]));
  assert.ok(!sealed.includes(photo.subarray(1_000, 1_032)));
});

test("a colleague fetches it when she looks at it, and then has it without a line", async () => {
  const { page } = nurse;
  await signIn(nurse, "nurse1");
  await synced(page);
  await installed(page);
  await open(page, "pgf", NAME);
  assert.equal(await look(page), pixels);
  await nurse.offline();
  assert.equal(await look(page), pixels);
  await nurse.online();
});

test("who may not read the record gets nothing, as if there were nothing", async () => {
  const [file] = await kept();
  const address = `/api/blobs/${path.basename(path.dirname(file))}/${path.basename(file)}`;
  const status = async (device, url) => (await device.context.request.get(device.url + url)).status();
  assert.equal(await status(nurse, address), 200);
  stranger = await Device.new(server, "phone");
  await signIn(stranger, "other2");
  await synced(stranger.page);
  assert.equal(await status(stranger, address), 404);
  assert.equal(await status(stranger, address.replace(/.$/, (last) => (last === "0" ? "1" : "0"))), 404);
  resident = await Device.new(server, "phone");
  assert.equal(await status(resident, address), 401);
  assert.deepEqual([...doctor.errors, ...nurse.errors, ...stranger.errors], []);
});

test("a device that uses it holds no byte of the photo in clear", async () => {
  await nurse.page.goto(`${nurse.url}/icon.svg`);
  const rows = (await dump(nurse.page)).map(({ database, table, key, value }) => ({ name: `${database}/${table}/${key}`, value }));
  assert.ok(rows.some(({ value }) => value.length > photo.length), "the photo is kept");
  assert.deepEqual(search(rows, [["photo", [photo.subarray(2_000_000, 2_000_032)]]]), []);
});
