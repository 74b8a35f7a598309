import { completeIdNumber } from "../../infra/local/demo/check-characters.ts";
import { caseBody, EMPLOYER, hospitalBody, lineBody, visitBody } from "../support/demo-case.ts";
import type { FuzzedService } from "./fuzzed-service.ts";
import type { KnownValues } from "./known-values.ts";

const HOSPITAL = "H33030400001";

const pad = (number: number, digits: number): string => String(number).padStart(digits, "0");

/**
 * Treats a new worker: a stay that was discharged, one attendance that was settled, one that waits to be, and one
 * before any decision. From here on the requests that are drawn meet every state of a visit.
 */
export async function openVisits({ must, nextNumber }: FuzzedService, { learn }: KnownValues): Promise<void> {
  const serial = nextNumber();
  // Requests may have stated the hospital and the employer anew.
  await must("put-hospital", { params: { code: HOSPITAL }, body: hospitalBody() });
  const insured = [{ from: "2020-01-01", to: null }];
  await must("put-employer", { params: { uscc: EMPLOYER }, body: { name: "云渚市试验五金厂", insured } });
  const idNumber = completeIdNumber(
    `999901${1950 + Math.floor(serial / 1_000)}0329${pad(serial % 1_000, 3)}`,
  );
  const cardNumber = `DEMO${pad(900_000 + serial, 6)}`;
  await must("put-worker", { body: { idNumber, cardNumber, name: "诸葛试验", frozen: false } });
  const open = async (caseNo: string, visitType: string, hospitalVisitNo: string) => {
    const body = visitBody(hospitalVisitNo, { visitType, idNumber, caseNo });
    const { visitId } = (await must("register-visit", { body })).body;
    await must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1"), lineBody("2")] } });
    return { visitId };
  };
  const [decided, undecided] = [`FZ-${serial}`, `FZ-${serial}-U`];
  await must("put-case", { params: { caseNo: decided }, body: caseBody({ idNumber }) });
  await must("put-case", { params: { caseNo: undecided }, body: caseBody({ idNumber, status: "ACCEPTED" }) });

  const stay = await open(decided, "INPATIENT", `FZ-${serial}-1`);
  const discharge = { dischargedAt: "2026-03-04T08:00:00+08:00" };
  await must("discharge-worker", { params: stay, body: discharge });
  const settled = await must("settle-visit", {
    params: await open(decided, "OUTPATIENT", `FZ-${serial}-2`),
    body: {},
  });
  const waiting = await open(decided, "OUTPATIENT", `FZ-${serial}-3`);
  const provisional = await open(undecided, "OUTPATIENT", `FZ-${serial}-4`);
  for (const answer of [provisional, stay, waiting, settled.body]) learn(answer);
}
