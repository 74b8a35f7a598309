import * as z from "zod/mini";
import { atMost } from "../../shared/domain/bounds.ts";

export const ofVisit = z.strictObject({ visitId: z.string().check(atMost(64)) });
export const ofSettlement = z.strictObject({ settlementId: z.string().check(atMost(64)) });
