import * as z from "zod/mini";
import { atMost } from "../../shared/domain/bounds.ts";
import { inOneWidth } from "../../shared/domain/identifiers.ts";

export const ofReconciliation = z.strictObject({
  reconciliationId: z.string().check(inOneWidth, atMost(64)),
});

export const notOpen = [
  "RECONCILIATION_NOT_FOUND",
  "RECONCILIATION_SUPERSEDED",
  "RECONCILIATION_COMPARED",
] as const;
