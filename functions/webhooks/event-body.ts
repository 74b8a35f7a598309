import { formatAllocation } from "../../shared/domain/bearers.ts";
import type { ServiceEvent } from "../../shared/domain/events/service-event.ts";
import { formatYuan } from "../../shared/domain/money.ts";
import type { WebhookAudience } from "../../shared/domain/webhooks/webhook.ts";

/** What is between the hospital and the agency: its own number, and why the fund does not pay yet. */
const notForEmployers = { hospitalVisitNo: undefined, code: undefined } as const;

/** The JSON text of an event as an audience may see it: no person and no diagnosis, amounts in yuan. */
export function toEventBody(event: ServiceEvent, audience: WebhookAudience): string {
  const { eventId, type, at, sequence, caseNo, hospitalCode, employerUscc, visitId, hospitalVisitNo } = event;
  const { status, settlementId, amounts, code } = event;
  const all = { eventId, type, at, sequence, caseNo, hospitalCode, employerUscc, visitId, hospitalVisitNo };
  return JSON.stringify({
    ...all,
    status,
    settlementId,
    total: amounts === undefined ? undefined : formatYuan(amounts.total),
    allocation: amounts === undefined ? undefined : formatAllocation(amounts.allocation),
    code,
    ...(audience === "enterprise" ? notForEmployers : {}),
  });
}
