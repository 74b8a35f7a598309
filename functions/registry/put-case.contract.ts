import { CaseInput } from "../../shared/domain/registry/injury-case.ts";
import { statement } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { CaseView } from "./case-views.ts";
import { ofCase } from "./of-case.ts";

/** 20 injuries of 50 prefixes, 50 authorisations of 100 hospitals: the largest case has some 200,000 bytes. */
const CASE_BODY_BYTES = 512_000;

export const putCaseContract = {
  ...statement,
  ...ofCase,
  id: "put-case",
  body: CaseInput,
  maxBodyBytes: CASE_BODY_BYTES,
  answer: { status: 200, schema: CaseView },
  audit: "CHANGE",
} as const satisfies OperationContract;

export const putCaseDocs = (): OperationDocs => ({
  summary: { en: "State a case, its decision, injuries and authorisations", zh: "登记工伤认定" },
  failures: ["WORKER_UNKNOWN", "EMPLOYER_UNKNOWN", "CASE_NUMBER_TAKEN", "CASE_HAS_VISITS", "DAY_IN_FUTURE"],
  example: {
    request: {
      idNumber: "999901198103290004",
      employerUscc: "91999999DEM000006M",
      injuredOn: "2026-02-24",
      status: "RECOGNISED",
      thirdPartyLiability: false,
      injuries: [
        {
          bodyPart: "右手示指",
          description: "右手示指近节指骨开放性骨折",
          diagnosisPrefixes: ["S62", "S61"],
        },
      ],
      authorisations: [{ benefit: "OUTPATIENT", from: "2026-02-24", to: "2027-02-24" }],
    },
  },
});
