import type { SeededRandom } from "../../infra/demo/seeded-random.ts";
import { testPersonServices } from "../support/test-keys.ts";
import { readFeed } from "./billing-commands.ts";
import type { KnownVisit } from "./hospital-books.ts";
import type { Said } from "./request.ts";
import {
  AGENCY,
  authorisations,
  caseBody,
  cases,
  employerBody,
  employers,
  hospitalBody,
  hospitals,
  idNumbers,
  insuredPeriods,
  itemBody,
  priceDays,
  tariffs,
  workerBody,
} from "./world.ts";

/** Whose a case is by the agency's own books; undefined of one that was never stated. */
export type EmployerOf = (caseNo: string) => string | undefined;

const asInstitution = (institution: string, { operationId, input }: Said): Said => ({
  operationId,
  input: { ...input, institution },
});

const wholePeriod = { from: "2026-01-01", to: "2026-12-31" };

/** An employer looks at its claims: lists may be a moment old. */
export function askAsEnterprise(random: SeededRandom, visitId: string | undefined): Said {
  const institution = random.pick(employers);
  if (visitId !== undefined && random.chance(0.3)) {
    return { operationId: "get-claim", input: { institution, params: { visitId } } };
  }
  if (random.chance(0.15)) return asInstitution(institution, readFeed("list-enterprise-events", random));
  if (random.chance(0.3)) {
    return {
      operationId: "summarise-claims",
      input: { institution, query: { ...wholePeriod, groupBy: "status" } },
    };
  }
  const status = random.chance(0.5) ? { status: random.pick(["OPEN", "SETTLED", "CANCELLED"]) } : {};
  return {
    operationId: "list-claims",
    input: { institution, query: { ...wholePeriod, ...status, limit: random.pick(["1", "3", "100"]) } },
  };
}

export function askAsFinance(random: SeededRandom): Said {
  if (random.chance(0.1)) {
    const groupBy = random.pick([{}, { groupBy: "hospital" }, { groupBy: "age" }]);
    return { operationId: "list-deferred-claims", input: { institution: AGENCY, query: groupBy } };
  }
  const groupBy = random.pick(["hospital", "employer", "day", "month", "visitType"]);
  return {
    operationId: "summarise-settlements",
    input: { institution: AGENCY, query: { ...wholePeriod, groupBy } },
  };
}

const decisions = [
  ...["RECOGNISED", "RECOGNISED", "RECOGNISED", "RECOGNISED", "REVOKED", "REVOKED", "NOT_RECOGNISED"],
  ...["APPLIED", "ACCEPTED", "ACCEPTED", "SUSPENDED"],
];

/** The agency decides a case, however often it decided otherwise before: mostly one that matters just now. */
export function decide(random: SeededRandom, employerOf: EmployerOf, visit?: KnownVisit): Said {
  const known = cases.find(({ caseNo }) => caseNo === visit?.caseNo);
  const each = known !== undefined && random.chance(0.8) ? known : random.pick(cases);
  const { caseNo } = each;
  const isEarly = /^(OPEN|DISCHARGED)$/.test(visit?.status ?? "") && random.chance(0.55);
  const decision = random.pick(isEarly ? ["APPLIED", "ACCEPTED", "SUSPENDED"] : decisions);
  const status = random.chance(0.03) ? "CLOSED" : decision;
  const prefixes = random.pick([[], ["S62"], ["S62"], ["S61", "S62.3"]]);
  const allowed = random.chance(0.8) ? {} : { authorisations: random.pick(authorisations) };
  const thirdPartyLiability = random.chance(0.04);
  const employerUscc = employerOf(caseNo) ?? each.employerUscc;
  const body = caseBody({ ...each, employerUscc }, { status, prefixes, ...allowed, thirdPartyLiability });
  return { operationId: "put-case", input: { institution: AGENCY, params: { caseNo }, body } };
}

const reason = "核对原始材料后更正";
const numberOf = (idNumber: string) => ({ idType: "RESIDENT_ID", idNumber }) as const;

/** The agency frees the bed of a stay, corrects the employer of a case, or gives a worker another card, be it another's. */
export function correct(random: SeededRandom, stay: KnownVisit | undefined, mark: string): Said {
  if (stay !== undefined && random.chance(0.6)) {
    const params = { visitId: stay.visitId };
    return {
      operationId: "release-bed",
      input: { institution: AGENCY, key: mark, params, body: { reason } },
    };
  }
  if (random.chance(0.5)) {
    const { caseNo } = random.pick(cases);
    const body = { employerUscc: random.pick(employers), reason };
    return {
      operationId: "correct-employer",
      input: { institution: AGENCY, key: mark, params: { caseNo }, body },
    };
  }
  const idNumber = random.pick(idNumbers);
  const workerId = testPersonServices.workerIds.idOf(numberOf(idNumber), 0);
  const isTaken = random.chance(0.2);
  const named = random.chance(0.1)
    ? { idNumber: random.pick(idNumbers) }
    : { cardNumber: isTaken ? workerBody(random.pick(idNumbers), false).cardNumber : `DEMO1${mark}` };
  const body = { ...named, reason };
  return {
    operationId: "correct-identity",
    input: { institution: AGENCY, key: mark, params: { workerId }, body },
  };
}

/** The agency says which case a visit is of that was taken in without one. */
export const linkCase = (random: SeededRandom, visitId: string, mark: string): Said => ({
  operationId: "link-case",
  input: { institution: AGENCY, key: mark, params: { visitId }, body: { caseNo: random.pick(cases).caseNo } },
});

/** The agency changes a tariff, a case or a hospital's agreement while others work. */
export function stateAsAgency(random: SeededRandom, employerOf: EmployerOf, mark: string): Said {
  if (random.chance(0.08)) return asInstitution(AGENCY, readFeed("list-agency-events", random));
  const kind = random.integer(1, 100);
  if (kind <= 30) {
    const [code, choices] = random.pick(Object.entries(tariffs));
    const items = [itemBody(code, random.pick(choices), random.pick(priceDays))];
    return { operationId: "import-catalogue", input: { institution: AGENCY, key: mark, body: { items } } };
  }
  if (kind <= 70) return decide(random, employerOf);
  if (kind <= 82) {
    const body = workerBody(random.pick(idNumbers), random.chance(0.4));
    return { operationId: "put-worker", input: { institution: AGENCY, key: mark, body } };
  }
  if (kind <= 94) {
    const insured = random.chance(0.6) ? insuredPeriods[0] : random.pick(insuredPeriods);
    const body = employerBody(insured ?? []);
    const params = { uscc: random.pick(employers) };
    return { operationId: "put-employer", input: { institution: AGENCY, params, body } };
  }
  const { code, tier } = random.pick(hospitals);
  const body = hospitalBody(tier, random.chance(0.7));
  return { operationId: "put-hospital", input: { institution: AGENCY, params: { code }, body } };
}
