import * as z from "zod/mini";
import { RevealReason } from "../../shared/domain/registry/worker.ts";
import { message, reading } from "../kit/agency-operation.ts";
import type { OperationDefinition } from "../kit/operation.ts";
import { ofSettlement, ofVisit } from "../kit/path-params.ts";
import { pageShape } from "../kit/views.ts";
import { SettledLinePageView } from "../settlements/settlement-views.ts";
import { AgencySettlementView, AgencyVisitView, ReleasedBedView } from "./agency-visit-view.ts";
import { ChargePageView } from "./charge-views.ts";

/** Visits and settlements of any hospital of the district. */
export const visitOperations = {
  getAgencyVisit: {
    ...reading,
    id: "get-agency-visit",
    path: "/v1/agency/visits/{visitId}",
    summary: { en: "Read a visit of any hospital", zh: "查询任一机构的就诊登记" },
    params: ofVisit,
    answer: { status: 200, schema: AgencyVisitView },
    failures: ["VISIT_NOT_FOUND"],
  },
  releaseBed: {
    ...message,
    id: "release-bed",
    path: "/v1/agency/visits/{visitId}/bed-release",
    summary: {
      en: "Free the bed of a stay that its hospital forgot to end; the stay itself stays as it is",
      zh: "释放未办出院的床位：就诊登记本身不变，理由留痕",
    },
    params: ofVisit,
    body: z.strictObject({ reason: RevealReason }),
    answer: { status: 200, schema: ReleasedBedView },
    failures: [
      "VISIT_NOT_FOUND",
      "VISIT_NOT_A_STAY",
      "VISIT_NOT_OPEN",
      "VISIT_SETTLED",
      "VISIT_CANCELLED",
      "BED_NOT_HELD",
    ],
  },
  listAgencyCharges: {
    ...reading,
    id: "list-agency-charges",
    path: "/v1/agency/visits/{visitId}/charges",
    summary: { en: "List the lines of a visit of any hospital", zh: "查询任一机构的费用明细" },
    params: ofVisit,
    query: z.strictObject(pageShape),
    answer: { status: 200, schema: ChargePageView },
    failures: ["VISIT_NOT_FOUND", "CURSOR_INVALID"],
  },
  getAgencySettlement: {
    ...reading,
    id: "get-agency-settlement",
    path: "/v1/agency/settlements/{settlementId}",
    summary: { en: "Read a settlement of any hospital", zh: "查询任一机构的结算" },
    params: ofSettlement,
    answer: { status: 200, schema: AgencySettlementView },
    failures: ["SETTLEMENT_NOT_FOUND"],
  },
  listAgencySettlementLines: {
    ...reading,
    id: "list-agency-settlement-lines",
    path: "/v1/agency/settlements/{settlementId}/lines",
    summary: { en: "Read how each line was settled at any hospital", zh: "查询任一机构的结算明细" },
    params: ofSettlement,
    query: z.strictObject(pageShape),
    answer: { status: 200, schema: SettledLinePageView },
    failures: ["SETTLEMENT_NOT_FOUND", "CURSOR_INVALID"],
  },
} as const satisfies Record<string, OperationDefinition>;
