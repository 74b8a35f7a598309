import * as z from "zod/mini";
import { atMost } from "../../shared/domain/bounds.ts";
import { noBody, noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { pageShape } from "../kit/views.ts";
import { EventView } from "./event-view.ts";

const feedSchemas = {
  message: false,
  method: "GET",
  params: noParams,
  query: z.strictObject({ after: z.optional(z.string().check(atMost(400))), limit: pageShape.limit }),
  body: noBody,
  answer: {
    status: 200,
    /** `next` is where to go on: events of the last EVENT_SETTLING_MS come again until no other can come in between. */
    schema: z.object({ items: z.array(EventView), next: z.nullable(z.string()) }),
  },
  audit: { reads: "LIST" },
} as const;

export const listHospitalEventsContract = {
  ...feedSchemas,
  id: "list-hospital-events",
  path: "/v1/hospital/events",
  audience: "hospital",
  roles: ["hospital"],
} as const satisfies OperationContract;

export const listEnterpriseEventsContract = {
  ...feedSchemas,
  id: "list-enterprise-events",
  path: "/v1/enterprise/events",
  audience: "enterprise",
  roles: ["enterprise"],
} as const satisfies OperationContract;

export const listAgencyEventsContract = {
  ...feedSchemas,
  id: "list-agency-events",
  path: "/v1/agency/events",
  audience: "agency",
  roles: ["agency", "auditor"],
} as const satisfies OperationContract;

/** The same for each audience. */
export const listEventsDocs = (): OperationDocs => ({
  summary: { en: "Read what happened, the oldest first", zh: "查询事件" },
  failures: ["CURSOR_INVALID"],
});
