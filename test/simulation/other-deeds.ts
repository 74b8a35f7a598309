import type { SeededRandom } from "../../infra/local/demo/seeded-random.ts";
import type { Said } from "./request.ts";
import { AGENCY, caseBody, cases, employers, hospitalBody, hospitals, itemBody, tariffs } from "./world.ts";

const wholePeriod = { from: "2026-01-01", to: "2026-12-31" };

/** An employer looks at its claims: lists may be a moment old. */
export function askAsEnterprise(random: SeededRandom, visitId: string | undefined): Said {
  const institution = random.pick(employers);
  if (visitId !== undefined && random.chance(0.3)) {
    return { operationId: "get-claim", input: { institution, params: { visitId } } };
  }
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

export const askAsFinance = (random: SeededRandom): Said => ({
  operationId: "summarise-settlements",
  input: {
    institution: AGENCY,
    query: { ...wholePeriod, groupBy: random.pick(["hospital", "employer", "day", "month", "visitType"]) },
  },
});

/** The agency changes a tariff, a case or a hospital's agreement while others work. */
export function stateAsAgency(random: SeededRandom, mark: string): Said {
  const kind = random.integer(1, 100);
  if (kind <= 45) {
    const [code, choices] = random.pick(Object.entries(tariffs));
    const items = [itemBody(code, random.pick(choices))];
    return { operationId: "import-catalogue", input: { institution: AGENCY, key: mark, body: { items } } };
  }
  if (kind <= 90) {
    const each = random.pick(cases);
    const change = random.pick([
      { status: "RECOGNISED", prefixes: ["S62"] },
      { status: "RECOGNISED", prefixes: ["S61", "S62.3"] },
      { status: "RECOGNISED", prefixes: ["S62"] },
      { status: "RECOGNISED", prefixes: ["S62"] },
      { status: "RECOGNISED", prefixes: ["S62", "S61"] },
      { status: "CLOSED", prefixes: ["S62"] },
      { status: "ACCEPTED", prefixes: [] },
      { status: "REVOKED", prefixes: ["S62"] },
    ]);
    const body = caseBody(each, change);
    return { operationId: "put-case", input: { institution: AGENCY, params: { caseNo: each.caseNo }, body } };
  }
  const { code, tier } = random.pick(hospitals);
  const body = hospitalBody(tier, random.chance(0.7));
  return { operationId: "put-hospital", input: { institution: AGENCY, params: { code }, body } };
}
