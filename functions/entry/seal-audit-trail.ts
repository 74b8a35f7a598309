import type { Context } from "aws-lambda";
import { nameOfError } from "../../shared/observability/logger.ts";
import { sealAuditTrail } from "../audit/seal-audit-trail.ts";
import { makeServices } from "../kit/services.ts";

const services = makeServices();

/** A seal that is begun is finished within this. */
const RESERVE_MS = 10_000;

/** Called each minute. */
export async function handler(
  _event: unknown,
  context: Pick<Context, "getRemainingTimeInMillis">,
): Promise<void> {
  try {
    await sealAuditTrail(services, () => context.getRemainingTimeInMillis() < RESERVE_MS);
  } catch (error) {
    services.logger.log("JOB_FAILED", { job: "seal-audit-trail", error: nameOfError(error) });
    throw error;
  }
}
