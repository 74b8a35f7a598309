import * as z from "zod/mini";
import { visitStatuses } from "../../shared/domain/visits/visit.ts";
import { InstantText } from "../kit/views.ts";
import { SettlementView } from "../settlements/settlement-views.ts";
import { VisitView } from "./visit-view.ts";

/** Whose it is: the hospital knows it of its own. */
const ownerShape = { hospitalCode: z.string(), employerUscc: z.string() };

/** A visit as its hospital sees it, and whose it is. */
export const AgencyVisitView = z.extend(VisitView, { ...ownerShape, workerId: z.string() });

/** What the record of the agency's message keeps: no diagnosis. */
export const ReleasedBedView = z.object({
  visitId: z.string(),
  hospitalCode: z.string(),
  status: z.enum(visitStatuses),
  bedReleasedAt: InstantText,
});

/** A settlement as its hospital sees it, and whose it is. */
export const AgencySettlementView = z.extend(SettlementView, ownerShape);
