/**
 * 医院的第一张账单 · A hospital's first bill
 *
 *   node first-bill.ts      Node 22.18 或更新 · or later；先运行 npm start · start the service first
 *
 * 查资格、登记、上传明细、结算、回读。再运行一次也不会重复入账：报文编号相同，得到的是第一次的应答。
 * Eligibility, registration, charges, settlement, read back. Run it twice and nothing happens twice: the keys are the same.
 */
import { setTimeout as sleep } from "node:timers/promises";

const SERVICE_URL = process.env.SERVICE_URL ?? "http://127.0.0.1:8787";
const TOKEN_URL = process.env.TOKEN_URL ?? `${SERVICE_URL}/oauth/token`;
const CLIENT_ID = process.env.CLIENT_ID ?? "demo-hospital";
const CLIENT_SECRET = process.env.CLIENT_SECRET ?? "demo-secret";

// 院内就诊号；报文编号由它得出。实际系统里，报文编号与账单在同一事务落库，然后才发送。
// The hospital's own number of the visit; the keys derive from it. In a real system, store each key with the bill, in one
// transaction of your database, before you send.
const VISIT_NO = process.env.VISIT_NO ?? "FIRST-NODE";

const ATTEMPTS = 6;
const TIMEOUT_MS = 10_000;

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly isReplayed: boolean;
  readonly retryAfterSeconds: number;
}

async function sendOnce(url: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(url, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const { status, headers } = response;
  const isReplayed = headers.get("idempotency-replayed") === "true";
  const retryAfterSeconds = Number(headers.get("retry-after") ?? "0");
  return { status, text: await response.text(), isReplayed, retryAfterSeconds };
}

/**
 * 发送，直到得到确定的应答。超时、断线、429、5xx：内容不变，用同一报文编号重发，效果只有一次。其他拒绝：改正后再发。
 * Sends until the answer is certain. Time-out, broken connection, 429, 5xx: the same bytes again, with the same key; the
 * effect is one. Any other refusal: mend it first. docs/no-answer.md
 */
async function send(url: string, request: RequestInit): Promise<Answer> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const answer = await sendOnce(url, request).catch(() => undefined);
    if (answer !== undefined && answer.status < 300) return answer;
    if (answer !== undefined && answer.status < 500 && answer.status !== 429)
      throw new Error(`被拒绝 · refused: ${answer.status} ${answer.text}`);
    await sleep(Math.max(1_000 * (answer?.retryAfterSeconds ?? 0), 200 * 2 ** attempt));
  }
  throw new Error(
    "结果未知，稍后用同一报文编号重发 · the outcome is unknown: send it again later, with the same key",
  );
}

const basic = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString("base64");
const { text: tokenAnswer } = await send(TOKEN_URL, {
  method: "POST",
  headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
  body: "grant_type=client_credentials",
});
const authorization = `Bearer ${JSON.parse(tokenAnswer).access_token}`;

const get = (path: string): Promise<Answer> => send(`${SERVICE_URL}${path}`, { headers: { authorization } });

const post = (path: string, body: object, key?: string): Promise<Answer> =>
  send(`${SERVICE_URL}${path}`, {
    method: "POST",
    headers: {
      authorization,
      "content-type": "application/json",
      ...(key === undefined ? {} : { "idempotency-key": key }),
    },
    body: JSON.stringify(body),
  });

// 1. 该职工能否由基金支付？· May this worker be treated at the fund's cost?
const check = await post("/v1/hospital/eligibility-checks", {
  cardNumber: "DEMO000001",
  visitType: "OUTPATIENT",
  serviceDate: "2026-08-03",
});
const { route, refusals } = JSON.parse(check.text);
if (route === "NONE") throw new Error(`不能由基金支付 · not at the fund's cost: ${JSON.stringify(refusals)}`);
console.log(`资格 · eligibility: ${route}`);

// 2. 登记，不收押金。· Register the visit; no deposit is asked.
const registration = await post(
  "/v1/hospital/visits",
  {
    hospitalVisitNo: VISIT_NO,
    visitType: "OUTPATIENT",
    cardNumber: "DEMO000001",
    caseNo: "GS2026000001",
    admittedAt: "2026-08-03T09:00:00+08:00",
    department: "骨科",
    diagnoses: [{ code: "S62.600", name: "指骨骨折", primary: true }],
    employerNotice: { reference: "2026-17", at: "2026-08-03T09:00:00+08:00" },
  },
  `${VISIT_NO}-register`,
);
const { visitId } = JSON.parse(registration.text);
console.log(`就诊 · visit: ${visitId}`);

// 3. 上传明细。金额一律用字符串，不要用浮点数。· Upload the lines. Amounts are strings, never floats.
const charges = await post(
  `/v1/hospital/visits/${visitId}/charges`,
  {
    lines: [
      {
        ...{ lineNo: "1", itemCode: "S-1001", name: "普通门诊诊查费" },
        ...{ quantity: "1", unitPrice: "16.50", amount: "16.50", serviceAt: "2026-08-03T09:20:00+08:00" },
      },
      {
        ...{
          lineNo: "2",
          itemCode: "X-2",
          name: "营养品",
          quantity: "1",
          unitPrice: "30.00",
          amount: "30.00",
        },
        serviceAt: "2026-08-03T09:40:00+08:00",
        consent: { signedBy: "WORKER", reference: "同意书 8" },
      },
    ],
  },
  `${VISIT_NO}-lines-1`,
);
// 应答逐行说明谁承担多少、为什么。· The answer says line by line who bears what, and why.
for (const { lineNo, allocation, reasons } of JSON.parse(charges.text).lines)
  console.log(`明细 · line ${lineNo}: fund ${allocation.fund}, reasons ${JSON.stringify(reasons)}`);

// 4. 结算。· Settle.
const settle = (): Promise<Answer> =>
  post(`/v1/hospital/visits/${visitId}/settlements`, {}, `${VISIT_NO}-settle`);
const settled = await settle();

// 5. 假如应答丢失：同一报文编号重发，逐字节相同，只结算一次。
//    Suppose that the answer was lost: the same key again gives the same bytes, and settles nothing twice.
const again = await settle();
if (!again.isReplayed || again.text !== settled.text) throw new Error("the repeat differs");
console.log("重发 · sent again: 应答逐字节相同 · the same answer, byte for byte");

// 6. 回读入账。· Read it back, and book it.
const { settlementId } = JSON.parse(settled.text);
const { total, allocation } = JSON.parse((await get(`/v1/hospital/settlements/${settlementId}`)).text);
console.log(
  `结算 · settlement: ${settlementId} total ${total} fund ${allocation.fund} personal ${allocation.personal}`,
);
