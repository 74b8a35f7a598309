import * as z from "zod/mini";
import { DaySchema, day } from "../../shared/domain/dates.ts";
import { claimGroupings } from "../../shared/domain/reports/claim.ts";
import { visitStatuses } from "../../shared/domain/visits/visit.ts";
import { listEnterpriseEvents } from "../events/feed-operation.ts";
import { noBody, noParams, noQuery, type OperationDefinition } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { periodIsInOrder } from "../kit/report-period.ts";
import {
  AllocationView,
  Amount,
  DayText,
  InstantText,
  pageOf,
  pageShape,
  SentenceView,
} from "../kit/views.ts";
import { makeWebhookOperations } from "../webhooks/webhook-operations.ts";

/** Days of admission; claims of all time where no period is named. */
const periodShape = {
  from: z._default(DaySchema, day("0001-01-01")),
  to: z._default(DaySchema, day("9999-12-31")),
};

/** A claim without any diagnosis: that is not the employer's to know. */
const ClaimView = z.object({
  visitId: z.string(),
  caseNo: z.optional(z.string()),
  worker: z.object({ name: z.string() }),
  hospital: z.object({ code: z.string(), name: z.string() }),
  visitType: z.string(),
  status: z.string(),
  guarantee: z.string(),
  admittedOn: DayText,
  dischargedOn: z.optional(DayText),
  total: z.optional(Amount),
  allocation: z.optional(AllocationView),
  nextStep: SentenceView,
  updatedAt: InstantText,
});

const GroupView = z.object({ key: z.string(), count: z.number(), total: Amount, allocation: AllocationView });

const common = {
  audience: "enterprise",
  roles: ["enterprise"],
  message: false,
  method: "GET",
  body: noBody,
} as const;

export const webhookOperations = makeWebhookOperations("enterprise");

export const enterpriseOperations = {
  listClaims: {
    ...common,
    id: "list-claims",
    path: "/v1/enterprise/claims",
    summary: { en: "List the claims of own workers, the latest first", zh: "查询本单位职工费用" },
    params: noParams,
    query: z
      .strictObject({ ...periodShape, ...pageShape, status: z.optional(z.enum(visitStatuses)) })
      .check(periodIsInOrder),
    answer: { status: 200, schema: pageOf(ClaimView) },
    failures: ["CURSOR_INVALID"],
  },
  getClaim: {
    ...common,
    id: "get-claim",
    path: "/v1/enterprise/claims/{visitId}",
    summary: { en: "Read a claim of an own worker", zh: "查询单笔费用" },
    params: ofVisit,
    query: noQuery,
    answer: { status: 200, schema: ClaimView },
    failures: ["CLAIM_NOT_FOUND"],
  },
  summariseClaims: {
    ...common,
    id: "summarise-claims",
    path: "/v1/enterprise/summary",
    summary: { en: "Sum up the claims of own workers", zh: "汇总本单位费用" },
    params: noParams,
    query: z
      .strictObject({ ...periodShape, groupBy: z._default(z.enum(claimGroupings), "status") })
      .check(periodIsInOrder),
    answer: {
      status: 200,
      schema: z.object({ from: DayText, to: DayText, groupBy: z.string(), rows: z.array(GroupView) }),
    },
    failures: [],
  },
  listEnterpriseEvents,
  ...webhookOperations,
} as const satisfies Record<string, OperationDefinition>;
