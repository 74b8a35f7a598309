import * as z from "zod/mini";
import { eventTypes } from "../../shared/domain/events/service-event.ts";
import { visitStatuses } from "../../shared/domain/visit/visit.ts";
import { noBody, noParams, type OperationDefinition } from "../operation.ts";
import { AllocationView, Amount, InstantText, pageShape, SentenceView } from "../views.ts";

/** An event as it is told: no person, no diagnosis. */
const EventView = z.object({
  eventId: z.string(),
  type: z.enum(eventTypes),
  at: InstantText,
  sentence: SentenceView,
  caseNo: z.optional(z.string()),
  hospitalCode: z.optional(z.string()),
  employerUscc: z.optional(z.string()),
  visitId: z.optional(z.string()),
  status: z.optional(z.enum(visitStatuses)),
  settlementId: z.optional(z.string()),
  total: z.optional(Amount),
  allocation: z.optional(AllocationView),
  code: z.optional(z.string()),
});

const feedSchemas = {
  message: false,
  method: "GET",
  summary: { en: "Read what happened, the oldest first", zh: "查询事件" },
  params: noParams,
  query: z.strictObject({ after: z.optional(z.string().check(z.maxLength(400))), limit: pageShape.limit }),
  body: noBody,
  answer: {
    status: 200,
    /** `next` is where to go on: events of the last half minute come again until no other can come in between. */
    schema: z.object({ items: z.array(EventView), next: z.nullable(z.string()) }),
  },
  failures: ["CURSOR_INVALID"],
} as const;

export const listHospitalEvents = {
  ...feedSchemas,
  id: "list-hospital-events",
  path: "/v1/hospital/events",
  audience: "hospital",
  roles: ["hospital"],
} as const satisfies OperationDefinition;

export const listEnterpriseEvents = {
  ...feedSchemas,
  id: "list-enterprise-events",
  path: "/v1/enterprise/events",
  audience: "enterprise",
  roles: ["enterprise"],
} as const satisfies OperationDefinition;

export const listAgencyEvents = {
  ...feedSchemas,
  id: "list-agency-events",
  path: "/v1/agency/events",
  audience: "agency",
  roles: ["agency"],
} as const satisfies OperationDefinition;
