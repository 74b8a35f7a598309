import * as z from "zod/mini";

/** What a settlement or its preview asks for. An interim settlement settles a long stay so far; the stay goes on (中途结算). */
export const SettlementBody = z._default(
  z.strictObject({ kind: z._default(z.enum(["FINAL", "INTERIM"]), "FINAL") }),
  { kind: "FINAL" },
);
