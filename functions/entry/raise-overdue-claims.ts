import type { Context } from "aws-lambda";
import { makeServices } from "../kit/services.ts";
import { raiseOverdueClaims } from "../settlements/raise-overdue-claims.ts";

const services = makeServices();

/** A claim that is begun is told of within this. */
const RESERVE_MS = 10_000;

/** Called once a day, and again where some were left. */
export async function handler(
  _event: unknown,
  context: Pick<Context, "getRemainingTimeInMillis">,
): Promise<void> {
  await raiseOverdueClaims(services, () => context.getRemainingTimeInMillis() < RESERVE_MS);
}
