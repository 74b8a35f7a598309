import { expect, test } from "vitest";
import { dayOf, instantOf } from "../../../shared/domain/dates.ts";
import {
  BANK_ACCOUNT,
  CARD_NUMBER,
  ID_NUMBER,
  lineBody,
  NAME,
  openVisit,
  PHONE,
  stateRegistry,
} from "../../support/demo-case.ts";
import { dumpTables } from "../../support/dump-tables.ts";
import { startTestService, type TestService } from "../../support/service.ts";
import { textsOf } from "../../support/stored-texts.ts";

const inBase64 = (text: string): string => Buffer.from(text).toString("base64").slice(0, -4);

const given = "a-secret-that-the-hospital-chose-itself";

/** A webhook with a secret of its owner's and one whose secret the service made, which it gives. */
async function registerWebhooks(service: TestService): Promise<string> {
  const url = "https://1.1.1.1/events";
  await service.must("put-hospital-webhook", {
    params: { webhookId: "given" },
    body: { url, secret: given },
  });
  const { body } = await service.must("put-agency-webhook", {
    params: { webhookId: "made" },
    body: { url },
  });
  return String(body.secret);
}

async function reconcileADay(service: TestService): Promise<void> {
  const nothing = { fund: "0.00", employer: "0.00", hospital: "0.00", thirdParty: "0.00" };
  const allocation = { ...nothing, otherInsurer: "0.00", personal: "0.00" };
  const sums = { count: 9, total: "0.00", allocation };
  const date = dayOf(instantOf(Date.now()));
  const { body } = await service.must("reconcile-day", {
    body: { date, settlements: sums, reversals: sums },
  });
  const params = { reconciliationId: String(body.reconciliationId) };
  await service.must("post-reconciliation-details", { params, body: { rows: [], last: true } });
}

test("whoever has both tables has nobody's name or number", async () => {
  const service = await startTestService();
  await stateRegistry(service);
  const byCard = { idNumber: undefined, cardNumber: CARD_NUMBER };
  for (const named of [{}, byCard]) {
    const visitId = await openVisit(service, named);
    const params = { visitId };
    await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
    const { body } = await service.must("settle-visit", { params });
    await service.must("reverse-settlement", {
      params: { settlementId: body.settlementId },
      body: { reason: "录入有误" },
    });
  }
  await service.must("check-eligibility", {
    body: { idNumber: ID_NUMBER, visitType: "OUTPATIENT", serviceDate: "2026-03-01" },
  });
  const made = await registerWebhooks(service);
  await reconcileADay(service);
  const items = await dumpTables(service);
  const texts = items.flatMap(textsOf);
  // The dump is read as it is meant to be: what may be there is found.
  expect(texts.some((text) => text.includes("掌骨骨折"))).toBe(true);
  expect(texts.some((text) => text.includes('"kind":"REVERSAL"'))).toBe(true);
  expect(texts.some((text) => text.includes("https://1.1.1.1/events"))).toBe(true);
  expect(texts.some((text) => text.startsWith("DIFFERENCES#"))).toBe(true);
  expect(made).toHaveLength(43);
  for (const secret of [NAME, ID_NUMBER, CARD_NUMBER, PHONE, BANK_ACCOUNT, given, made]) {
    for (const form of [secret, inBase64(secret), encodeURIComponent(secret)]) {
      expect(texts.filter((text) => text.includes(form))).toEqual([]);
    }
  }
});
