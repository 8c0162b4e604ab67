// A picture of every screen at three sizes, standard and 长辈版, into docs/screens.
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { enterPin, follow, open, press, pressure, sign, signIn, synced, visitOfBoth } from "./support/app.mjs";
import { Device, sizes } from "./support/device.mjs";
import { trust } from "./screens/trust.mjs";
import { go } from "./support/looks.mjs";
import { startServer } from "./support/server.mjs";

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../docs/screens");
let server;

/** The screens of one size and view, in an order in which one leads to the next. */
async function take(size, elder) {
  const shot = async (device, name) => {
    await device.page.evaluate(() => document.fonts.ready);
    await device.page.mouse.move(0, 0);
    const file = `${name}-${size}${elder ? "-elder" : ""}.jpg`;
    await device.page.screenshot({ path: path.join(folder, file), type: "jpeg", quality: 48, animations: "disabled" });
  };
  const view = async ({ page }) => {
    if (!elder) return;
    await follow(page, "我的");
    await press(page, "长辈版");
  };

  const doctor = await Device.new(server, size);
  await doctor.page.goto(doctor.url);
  await doctor.page.locator("[data-account]").first().waitFor();
  await shot(doctor, "sign-in");
  await doctor.page.locator('[data-account="doctor1"]').click();
  await doctor.page.getByRole("group", { name: "设置 6 位数字 PIN" }).waitFor();
  await shot(doctor, "new-pin");
  await enterPin(doctor.page);
  await doctor.page.getByRole("group", { name: "再输入一次" }).waitFor();
  await enterPin(doctor.page);
  await doctor.page.getByText(/已接收 \d{3,} 份/).waitFor();
  await shot(doctor, "first-sync");
  await synced(doctor.page);
  await view(doctor);
  await follow(doctor.page, "今日");
  await doctor.page.getByRole("heading", { name: "今日", level: 1 }).waitFor();
  await shot(doctor, "today");
  await follow(doctor.page, "居民");
  await doctor.page.getByRole("searchbox").fill("wq");
  await doctor.page.getByText(/找到 \d+ 位/).waitFor();
  await shot(doctor, "residents");
  await open(doctor.page, "pgf", "蒲桂芳");
  await shot(doctor, "resident");
  await signing(doctor, shot);
  await visit(doctor, shot);
  await glucose(doctor, shot);
  await go(doctor.page, "/health-points");
  await doctor.page.getByTestId("participation").waitFor();
  await shot(doctor, "health-points-waiting");
  await doctor.page.getByTestId("waiting").getByRole("link", { name: /^看积分/ }).first().click();
  await doctor.page.getByTestId("available").waitFor();
  await shot(doctor, "health-points-team");
  await follow(doctor.page, "积分");
  await doctor.page.getByRole("heading", { name: "我的积分" }).waitFor();
  await shot(doctor, "points");
  await follow(doctor.page, "申报");
  await doctor.page.getByRole("radio", { name: /^坐诊/ }).check();
  await doctor.page.getByTestId("preview").waitFor();
  await shot(doctor, "points-claim");
  await doctor.page.goto(`${doctor.url}/sync-log`);
  await doctor.page.getByRole("group", { name: "输入 PIN" }).waitFor();
  await shot(doctor, "unlock");
  await enterPin(doctor.page);
  await doctor.page.getByRole("heading", { name: "同步记录" }).first().waitFor();
  await shot(doctor, "sync-log");
  await follow(doctor.page, "我的");
  await doctor.page.getByRole("heading", { name: "我的", level: 1 }).waitFor();
  await shot(doctor, "settings");
  await follow(doctor.page, "打开").catch(() => {});
  await shot(doctor, "settings-more");
  await doctor.close();

  const manager = await Device.new(server, size);
  await signIn(manager, "manager1");
  await synced(manager.page);
  await view(manager);
  if (elder) await follow(manager.page, "审核");
  await manager.page.getByRole("heading", { name: "审核", level: 1 }).waitFor();
  await shot(manager, "review");
  await follow(manager.page, "月结");
  await manager.page.getByTestId("checklist").waitFor();
  await shot(manager, "close");
  await manager.page.getByTestId("checklist").getByRole("button", { name: "月结" }).click();
  await press(manager.page, "确认月结");
  await manager.page.getByTestId("replayed").waitFor();
  await synced(manager.page);
  await manager.page.evaluate(() => scrollTo(0, 0));
  await shot(manager, "close-done");
  await follow(manager.page, "绩效分配");
  await manager.page.locator("#pool").fill("20000");
  await manager.page.getByTestId("pay-sum").waitFor();
  await shot(manager, "pay");
  await manager.close();

  const pharmacist = await Device.new(server, size);
  await signIn(pharmacist, "pharmacist1");
  await synced(pharmacist.page);
  await view(pharmacist);
  if (elder) await follow(pharmacist.page, "点评");
  await pharmacist.page.getByRole("heading", { name: "处方点评", level: 1 }).waitFor();
  await shot(pharmacist, "prescriptions");
  await pharmacist.page.locator("article a.cover").first().click();
  await pharmacist.page.getByTestId("opinion").waitFor();
  await shot(pharmacist, "prescription");
  await pharmacist.close();

  const resident = await Device.new(server, size);
  await signIn(resident, "resident1");
  await resident.page.getByText("我还能得到").first().waitFor();
  await view(resident);
  if (elder) await resident.page.goBack();
  await resident.page.getByText("我还能得到").first().waitFor();
  await shot(resident, "home");
  await go(resident.page, "/home/check");
  await resident.page.getByText("您哪里不舒服？").waitFor();
  await shot(resident, "check");
  await resident.page.goBack();
  await resident.page.getByRole("link", { name: "记一次血压" }).first().click();
  await resident.page.getByText("先输入大的数").waitFor();
  await shot(resident, "home-reading");
  await resident.page.goBack();
  await follow(resident.page, "健康");
  await resident.page.getByRole("heading", { name: "我的健康" }).waitFor();
  await shot(resident, "health");
  await go(resident.page, "/home/points");
  await resident.page.getByTestId("available").waitFor();
  await shot(resident, "health-points");
  await follow(resident.page, "用积分换");
  await resident.page.getByTestId("rewards").waitFor();
  await shot(resident, "health-points-redeem");
  await resident.close();
  await trust(server, size, { shot, view });
}

async function signing({ page }, shot) {
  const device = { page };
  await follow(page, "签约");
  await shot(device, "signing-identity");
  await press(page, "核对无误");
  await page.getByRole("checkbox", { name: /高血压服务包/ }).check();
  await shot(device, "signing-package");
  await press(page, "下一步");
  await shot(device, "signing-term");
  await press(page, "下一步");
  await shot(device, "signing-check");
  await press(page, "核对无误，去签名");
  await sign(page);
  await shot(device, "signing-signature");
  await press(page, "下一步");
  await page.getByRole("heading", { name: "请医生签名" }).waitFor();
  await sign(page);
  await press(page, "完成签约");
  await page.getByRole("heading", { name: "签好了" }).waitFor();
  await shot(device, "signing-done");
  await follow(page, "回到居民页");
  await follow(page, "看合同、打印");
  await page.locator("article.contract").waitFor();
  await shot(device, "contract");
  await follow(page, "回到居民页");
  await follow(page, "修改资料");
  await page.getByRole("heading", { name: "基本情况" }).waitFor();
  await shot(device, "facts");
  await follow(page, "返回");
}

async function visit({ page }, shot) {
  const device = { page };
  await follow(page, "开始随访");
  await pressure(page, "15296");
  await shot(device, "visit-measure");
  await press(page, "下一步");
  await press(page, "都没有", "头痛头晕", "按时吃");
  await shot(device, "visit-ask");
  await page.getByLabel("有什么不舒服？").fill("咳嗽三天，没有发烧，嗓子疼");
  await page.getByTestId("question").waitFor();
  await page.locator("#complaint").evaluate((field) => field.closest("section").scrollIntoView());
  await shot(device, "visit-complaint");
  await press(page, "下一步");
  await page.getByTestId("causes").getByRole("button", { name: "选为诊断" }).first().click();
  await page.locator(".in-full").waitFor();
  await page.evaluate(() => window.scrollTo(0, 0));
  await shot(device, "visit-advice");
  await press(page, "下一步");
  const find = page.getByTestId("find-medicine");
  await find.getByRole("searchbox").fill("氯苯那敏");
  await find.getByRole("button", { name: "氯苯那敏", exact: true }).click();
  const line = page.getByTestId("line");
  await line.getByTestId("usual").getByRole("button").first().click();
  await line.getByRole("button", { name: "3 天", exact: true }).click();
  await press(page, "好了");
  await page.locator("[data-flag=warn]").waitFor();
  await line.evaluate((card) => card.scrollIntoView());
  await shot(device, "visit-prescribe");
  await press(page, "以前用过，没有问题", "下一步");
  await shot(device, "visit-plan");
  await press(page, "下一步");
  await sign(page);
  await shot(device, "visit-sign");
  await press(page, "保存");
  await page.getByRole("heading", { name: "已保存在本机" }).waitFor();
  await shot(device, "visit-done");
}

async function glucose({ page }, shot) {
  await follow(page, "回到今日");
  await go(page, await visitOfBoth(page));
  await pressure(page, "12878");
  await press(page, "7", ".", "4", "空腹");
  await shot({ page }, "visit-glucose");
  // In large script the keypad takes the place of the tabs.
  await go(page, "/today");
}

// `node screens.mjs tablet` takes one size only.
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(sizes);
if (process.argv.length === 2) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const size of wanted) {
  for (const elder of [false, true]) {
    server = await startServer();
    try {
      await take(size, elder);
      console.log(`${size}${elder ? ", 长辈版" : ""}: done`);
    } finally {
      await server.close();
    }
  }
}
