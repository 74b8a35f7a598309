import * as z from "zod/mini";
import { listOf } from "../../shared/domain/bounds.ts";
import { areDistinct } from "../../shared/domain/distinct.ts";
import { LineNo } from "../../shared/domain/visits/charge-line.ts";
import { message, notChangeable } from "../kit/hospital-operation.ts";
import { noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { MAX_LINES } from "./charge-limits.ts";

/** So many line numbers, each up to 64 characters. */
const REVOCATION_BODY_BYTES = 256_000;

const RevocationBody = z
  .strictObject({
    lineNos: z.optional(listOf(LineNo, { min: 1, max: MAX_LINES }, areDistinct)),
    all: z.optional(z.literal(true)),
  })
  .check(
    z.refine((body) => (body.lineNos === undefined) !== (body.all === undefined), {
      error: "LINES_OR_ALL_REQUIRED",
      path: ["lineNos"],
    }),
  );

export const revokeChargesContract = {
  ...message,
  id: "revoke-charges",
  method: "POST",
  path: "/v1/hospital/visits/{visitId}/charges/revocation",
  params: ofVisit,
  query: noQuery,
  body: RevocationBody,
  maxBodyBytes: REVOCATION_BODY_BYTES,
  answer: {
    status: 200,
    schema: z.object({ visitId: z.string(), revoked: z.array(z.string()), lineCount: z.number() }),
  },
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;

export const revokeChargesDocs = (): OperationDocs => ({
  summary: { en: "Revoke unsettled lines", zh: "撤销费用明细" },
  failures: [...notChangeable, "LINE_UNKNOWN", "LINE_SETTLED", "LINE_REFUNDED"],
  example: {
    request: { lineNos: ["2"] },
  },
});
