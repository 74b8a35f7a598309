import * as z from "zod/mini";
import { ItemCode } from "../../shared/domain/catalogue/catalogue.ts";
import { DaySchema } from "../../shared/domain/dates.ts";
import { RevealReason } from "../../shared/domain/registry/worker.ts";
import { message } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { PeriodRemovalView } from "./catalogue-change-views.ts";

export const removeCataloguePeriodContract = {
  ...message,
  id: "remove-catalogue-period",
  path: "/v1/agency/catalogue-items/{itemCode}/period-removals",
  params: z.strictObject({ itemCode: ItemCode }),
  body: z.strictObject({ from: DaySchema, reason: RevealReason }),
  answer: { status: 201, schema: PeriodRemovalView },
  audit: "CHANGE",
  undo: { none: "The period is imported again." },
} as const satisfies OperationContract;

export const removeCataloguePeriodDocs = (): OperationDocs => ({
  summary: {
    en: "Take a period of a catalogue item away, with a reason",
    zh: "移除三目录项目的一个有效期",
  },
  failures: ["CATALOGUE_ITEM_NOT_FOUND", "PERIOD_UNKNOWN"],
  example: {
    request: { from: "2024-01-01", reason: "误录，该项目未列入目录" },
  },
});
