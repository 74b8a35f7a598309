import * as z from "zod/mini";

export const ofVisit = z.strictObject({ visitId: z.string().check(z.maxLength(64)) });
export const ofSettlement = z.strictObject({ settlementId: z.string().check(z.maxLength(64)) });
