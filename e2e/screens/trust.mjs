// Pictures of what concerns trust: who looks, who is let in, what a device holds.
import { follow, open, press, signIn, synced } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";

/** Takes them at one size and in one view. */
export async function trust(server, size, { shot, view }) {
  const top = ({ page }) => page.evaluate(() => scrollTo(0, 0));
  const resident = await Device.new(server, size);
  const reader = await Device.new(server, size);
  await signIn(resident, "resident2");
  await synced(resident.page);
  await view(resident);
  await go(resident.page, "/home/access");
  await press(resident.page, "出示二维码");
  await resident.page.locator("svg.qr path").waitFor();
  await shot(resident, "access-code");
  const code = await resident.page.getByTestId("code").innerText();
  await signIn(reader, "other2");
  await synced(reader.page);
  await view(reader);
  await go(reader.page, "/granted");
  await reader.page.getByLabel("数字", { exact: true }).fill(code);
  await shot(reader, "granted");
  await press(reader.page, "开始查看");
  await reader.page.getByTestId("held").getByRole("link").first().click();
  await reader.page.getByText("只能查看，不能修改").waitFor();
  await shot(reader, "granted-record");
  await resident.page.getByTestId("looked").getByText("杨成富").waitFor();
  await resident.page.getByTestId("looked").evaluate((part) => part.scrollIntoView());
  await shot(resident, "access-looked");
  await go(resident.page, "/settings/acting");
  await resident.page.locator("h1").first().waitFor();
  await top(resident);
  await shot(resident, "acting");
  await resident.close();
  await reader.close();

  const doctor = await Device.new(server, size);
  const { page } = doctor;
  await signIn(doctor, "doctor1");
  await synced(page);
  await view(doctor);
  await follow(page, "今日");
  await open(page, "pgf", "蒲桂芳");
  await follow(page, "手机使用");
  await page.getByTestId("give").getByText("本人", { exact: true }).click();
  await press(page, "生成");
  await page.getByTestId("code").waitFor();
  await shot(doctor, "phone-code");
  await go(page, "/settings/account");
  await page.getByTestId("factor").waitFor();
  await top(doctor);
  await shot(doctor, "account");
  await go(page, "/settings/device");
  await page.locator("h1").first().waitFor();
  await top(doctor);
  await shot(doctor, "device");
  await go(page, "/quarantine");
  await page.locator("h1").first().waitFor();
  await top(doctor);
  await shot(doctor, "quarantine");
  await doctor.close();

  const office = await Device.new(server, size);
  await signIn(office, "admin1");
  await office.page.getByTestId("accounts").waitFor();
  await view(office);
  await go(office.page, "/accounts");
  await office.page.getByTestId("accounts").waitFor();
  await shot(office, "accounts");
  await office.close();

  const auditor = await Device.new(server, size);
  await signIn(auditor, "auditor1");
  await auditor.page.getByTestId("audit").waitFor();
  await view(auditor);
  await go(auditor.page, "/audit");
  await auditor.page.getByTestId("audit").locator("b").first().waitFor();
  await shot(auditor, "audit");
  await auditor.close();
}
