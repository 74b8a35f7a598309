/**
 * Thirty bills of two fictional hospitals, for trying the service. Workers, doctors, injuries and prices are
 * invented; any likeness is chance. Pure: the same district and catalogue give the same bills and message keys.
 */
import { chunksOf } from "../../shared/chunks.ts";
import { makeBillLines } from "./bill-lines.ts";
import type { BillPlan } from "./bill-plan.ts";
import { billPlans } from "./bill-plans.ts";
import { instantAt } from "./calendar-days.ts";
import { departmentFor, doctorCode, isStay, visitNumberPrefix } from "./departments.ts";
import { hospitalCode } from "./hospitals.ts";
import { injuryKind } from "./injury-kinds.ts";
import type { CatalogueItemBody, District } from "./registry-bodies.ts";
import { elementAt } from "./seeded-random.ts";
import { showcaseCases } from "./showcase-cases.ts";
import type { ChargesBody, DemoBill, DiagnosisBody, Message, RegistrationBody } from "./visit-bodies.ts";

/** Long bills come in several messages, as hospital software sends them. */
const LINES_PER_MESSAGE = 25;

const clientIds = { 1: "demo-hospital", 2: "demo-hospital-2" } as const;

/** Finds by key; throws RangeError where the district or catalogue lacks what a plan refers to. */
function makeFinder<T>(entries: Iterable<readonly [string, T]>): (key: string) => T {
  const byKey = new Map(entries);
  return (key) => {
    const found = byKey.get(key);
    if (found === undefined) throw new RangeError(`the demo data has no ${key}`);
    return found;
  };
}

/** The national form of a message id: institution, 14 digits of time, four of sequence (domain.md section 5). */
const messageKey = (institution: string, at: string, sequence: number): string =>
  `${institution}${at.slice(0, 19).replace(/\D/g, "")}${String(sequence).padStart(4, "0")}`;

const toDiagnoses = (kind: string): readonly DiagnosisBody[] =>
  injuryKind(kind).diagnoses.map(([code, name], index) => ({ code, name, primary: index === 0 }));

function toMessages(lines: ChargesBody["lines"]): readonly ChargesBody[] {
  return chunksOf(lines, LINES_PER_MESSAGE).map((part) => ({ lines: part }));
}

interface Sources {
  readonly getHospital: (code: string) => District["hospitals"][number];
  readonly getItem: (itemCode: string) => CatalogueItemBody;
  readonly getCardNumber: (idNumber: string) => string;
  readonly cases: District["cases"];
}

function makeRegistration(
  plan: BillPlan,
  named: Pick<RegistrationBody, "idNumber" | "cardNumber">,
  identity: { readonly hospitalVisitNo: string; readonly caseNo: string; readonly billNumber: number },
): RegistrationBody {
  const showcase = elementAt(showcaseCases, plan.caseNumber - 1);
  const admittedAt = instantAt(...plan.admitted);
  const notice = { reference: `GZ${identity.caseNo.slice(2)}`, at: instantAt(plan.admitted[0], "17:00") };
  return {
    hospitalVisitNo: identity.hospitalVisitNo,
    visitType: plan.visitType,
    ...named,
    caseNo: identity.caseNo,
    admittedAt,
    department: departmentFor(plan.visitType, injuryKind(showcase.kind).department),
    doctorCode: doctorCode(plan.hospital, identity.billNumber),
    diagnoses: toDiagnoses(showcase.kind),
    ...(plan.noEmployerNotice === true ? {} : { employerNotice: notice }),
  };
}

function makeBill(plan: BillPlan, billNumber: number, sources: Sources): DemoBill {
  const code = hospitalCode(plan.hospital);
  const { tier } = sources.getHospital(code).body;
  const { caseNo, body: injuryCase } = elementAt(sources.cases, plan.caseNumber - 1);
  const { idNumber } = injuryCase;
  const day = plan.admitted[0];
  const hospitalVisitNo = `${visitNumberPrefix[plan.visitType]}${day.replaceAll("-", "")}${String(billNumber).padStart(4, "0")}`;
  const named = plan.byCard === true ? { cardNumber: sources.getCardNumber(idNumber) } : { idNumber };
  const registration = makeRegistration(plan, named, { hospitalVisitNo, caseNo, billNumber });
  const consentReference = `TY${hospitalVisitNo}`;
  const { originals, refunds } = makeBillLines(plan, { tier, getItem: sources.getItem, consentReference });

  let sequence = billNumber * 10;
  const message = <Body>(at: string, body: Body): Message<Body> => {
    sequence += 1;
    return { key: messageKey(code, at, sequence), body };
  };
  const chargeMessages = [...toMessages(originals), ...toMessages(refunds)];
  const dischargedAt = plan.discharged === undefined ? undefined : instantAt(...plan.discharged);
  if ((dischargedAt !== undefined) !== isStay(plan.visitType))
    throw new Error(`${hospitalVisitNo}: only stays end`);
  const discharge =
    dischargedAt === undefined
      ? undefined
      : { dischargedAt, diagnoses: registration.diagnoses, outcome: "IMPROVED" };
  return {
    hospitalCode: code,
    clientId: clientIds[plan.hospital],
    hospitalVisitNo,
    visitType: plan.visitType,
    idNumber,
    caseNo,
    eligibilityCheck: { ...named, visitType: plan.visitType, serviceDate: day },
    registration: message(registration.admittedAt, registration),
    charges: chargeMessages.map((body) => message(body.lines[0]?.serviceAt ?? registration.admittedAt, body)),
    ...(discharge === undefined ? {} : { discharge: message(discharge.dischargedAt, discharge) }),
    settlement: message(dischargedAt ?? registration.admittedAt, {}),
  };
}

/** The bills of the plans in their order; throws RangeError where a plan refers to what is not there. */
export function makeDemoBills(
  district: District,
  catalogue: readonly CatalogueItemBody[],
): readonly DemoBill[] {
  const sources: Sources = {
    getHospital: makeFinder(district.hospitals.map((hospital) => [hospital.code, hospital])),
    getItem: makeFinder(catalogue.map((item) => [item.itemCode, item])),
    getCardNumber: makeFinder(district.workers.map((worker) => [worker.idNumber, worker.cardNumber])),
    cases: district.cases,
  };
  return billPlans.map((plan, index) => makeBill(plan, index + 1, sources));
}
