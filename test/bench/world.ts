import { join } from "node:path";
import { completeIdNumber, completeUscc } from "../../infra/demo/check-characters.ts";
import { readBillFolder, type WireBill, type WireLine } from "../support/example-bills.ts";
import { type Caller, HOSPITAL, inParallel } from "./caller.ts";

/** The bills that the project keeps: thirty worked ones and five realistic stays. */
export const keptBills = readBillFolder(join(import.meta.dirname, "../fixtures"));

const WORKERS = 40;
const EMPLOYERS = 10;
const CASE_FROM = "2026-01-01";

function longestStay(): WireBill {
  const ofHand = keptBills.filter(
    ({ bill }) => bill.visit.visitType === "INPATIENT" && bill.lines.length > 100,
  );
  const [longest] = ofHand.toSorted((a, b) => b.bill.lines.length - a.bill.lines.length);
  if (longest === undefined) throw new Error("test/fixtures has no realistic stay");
  return longest.bill;
}

const stay = longestStay();
const originals = stay.lines.filter((line) => line.refundOf === undefined);

const pad = (index: number, width: number): string => String(index).padStart(width, "0");
const idNumberOf = (worker: number): string => completeIdNumber(`99990119800101${pad(worker, 3)}`);
const caseNoOf = (worker: number): string => `BENCH-${pad(worker, 4)}`;
/** Fictional: 999999 is no district. */
const usccOf = (employer: number): string => completeUscc(`91999999BENCH${pad(employer, 4)}`);

/** A case of one of the workers, as the agency states it. */
export const caseOf = (caseNo: string, index: number, status: "APPLIED" | "RECOGNISED") => ({
  params: { caseNo },
  body: {
    idNumber: idNumberOf(index % WORKERS),
    employerUscc: usccOf((index % WORKERS) % EMPLOYERS),
    injuredOn: CASE_FROM,
    status,
    thirdPartyLiability: false,
    injuries: stay.case.injuries.map(({ diagnosisPrefixes }) => ({
      bodyPart: "右手",
      description: "掌骨骨折",
      diagnosisPrefixes,
    })),
    authorisations: ["OUTPATIENT", "INPATIENT"].map((benefit) => ({ benefit, from: CASE_FROM, to: null })),
  },
});

/** States everything that treating forty workers of ten employers takes, with the catalogue of a realistic stay. */
export async function stateWorld(call: Caller): Promise<void> {
  await call("put-hospital", {
    params: { code: HOSPITAL },
    body: {
      name: "云渚市中心医院",
      tier: stay.tier,
      services: ["OUTPATIENT", "INPATIENT"],
      agreement: { from: "2020-01-01", to: null, status: "ACTIVE" },
    },
  });
  await call("put-policy", { params: { effectiveFrom: "2024-01-01" }, body: stay.policy });
  await call("import-catalogue", { body: { items: stay.items } });
  for (let employer = 0; employer < EMPLOYERS; employer += 1) {
    const insured = [{ from: "2020-01-01", to: null }];
    await call("put-employer", {
      params: { uscc: usccOf(employer) },
      body: { name: "云渚市五金厂", insured },
    });
  }
  await inParallel(4, WORKERS, async (worker) => {
    const idNumber = idNumberOf(worker);
    const cardNumber = `BENCH${pad(worker, 6)}`;
    await call("put-worker", { body: { idNumber, cardNumber, name: "诸葛试验", frozen: false } });
    await call("put-case", caseOf(caseNoOf(worker), worker, "RECOGNISED"));
  });
}

/** Lines of a realistic stay, from some place on and around its end, numbered anew. */
export const makeLines = (count: number, start: number): WireLine[] =>
  Array.from({ length: count }, (_, index) => {
    const line = originals[(start + index) % originals.length];
    if (line === undefined) throw new RangeError("the stay has no lines");
    return { ...line, lineNo: pad(start + index, 6) };
  });

let visits = 0;
let stays = 0;
const run = Date.now().toString(36);

/** Under which case; the next worker's own where nobody says. */
interface Under {
  readonly caseNo: string;
  readonly worker: number;
}

/** Registers a visit of the next worker. All stays have the same days, so that there are no more in a world than workers. */
export async function openVisit(
  call: Caller,
  visitType: "OUTPATIENT" | "INPATIENT",
  under?: Under,
): Promise<string> {
  visits += 1;
  if (visitType === "INPATIENT") stays += 1;
  const next = visitType === "INPATIENT" ? stays : visits;
  const worker = (under?.worker ?? next) % WORKERS;
  const { text } = await call("register-visit", {
    body: {
      hospitalVisitNo: `${run}-${visits}`,
      visitType,
      idNumber: idNumberOf(worker),
      caseNo: under?.caseNo ?? caseNoOf(worker),
      admittedAt: stay.visit.admittedAt,
      department: "骨科",
      doctorCode: "D0001",
      diagnoses: [{ code: "S62.301", name: "掌骨骨折", primary: true }],
      employerNotice: stay.visit.employerNotice,
    },
  });
  const visitId = /"visitId":"(\w+)"/.exec(text)?.[1];
  if (visitId === undefined) throw new Error(`no visit in ${text}`);
  return visitId;
}

/** Ends a stay on the day after its last line. */
export async function discharge(call: Caller, visitId: string): Promise<void> {
  await call("discharge-worker", {
    params: { visitId },
    body: { dischargedAt: stay.visit.dischargedAt, outcome: "IMPROVED" },
  });
}

/** An outpatient visit with a bill of ten lines, ready to be settled. */
export async function openBillOfTen(call: Caller, under?: Under): Promise<string> {
  const visitId = await openVisit(call, "OUTPATIENT", under);
  const lines = makeLines(10, (visits * 10) % originals.length);
  await call("upload-charges", { params: { visitId }, body: { lines } });
  return visitId;
}
