import { completeIdNumber } from "../../infra/demo/check-characters.ts";
import {
  caseBody,
  EMPLOYER,
  employerBody,
  hospitalBody,
  lineBody,
  policy,
  visitBody,
} from "../support/demo-case.ts";
import type { FuzzedService } from "./fuzzed-service.ts";

const pad = (number: number, digits: number): string => String(number).padStart(digits, "0");

/** A worker of one's own, with a case that is decided. */
export interface TreatedWorker {
  readonly number: number;
  readonly idNumber: string;
  readonly workerId: string;
  readonly caseNo: string;
  /** Registers a visit; with two lines, but for a stay. */
  readonly open: (overrides?: object) => Promise<{ readonly visitId: string }>;
}

/** States what requests may have stated otherwise, and somebody new, so that nothing stands in the way of a treatment. */
export async function stateWorker({ must, nextNumber }: FuzzedService): Promise<TreatedWorker> {
  await Promise.all([
    must("put-hospital", { params: { code: "H33030400001" }, body: hospitalBody() }),
    must("put-employer", { params: { uscc: EMPLOYER }, body: employerBody() }),
    must("put-policy", { params: { effectiveFrom: "2024-01-01" }, body: policy }),
  ]);
  const number = nextNumber();
  const born = `${1950 + Math.floor(number / 1_000)}0329${pad(number % 1_000, 3)}`;
  const idNumber = completeIdNumber(`999901${born}`);
  const cardNumber = `DEMO${pad(900_000 + number, 6)}`;
  const { body } = await must("put-worker", {
    body: { idNumber, cardNumber, name: "诸葛试验", frozen: false },
  });
  const caseNo = `FZ-${number}`;
  await must("put-case", { params: { caseNo }, body: caseBody({ idNumber }) });
  let visits = 0;
  const open = async (overrides: object = {}) => {
    visits += 1;
    const visit = visitBody(`FZ-${number}-${visits}`, { idNumber, caseNo, ...overrides });
    const { visitId } = (await must("register-visit", { body: visit })).body;
    await must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1"), lineBody("2")] } });
    return { visitId: String(visitId) };
  };
  return { number, idNumber, workerId: String(body.workerId), caseNo, open };
}
