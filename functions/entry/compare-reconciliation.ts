import type { Context } from "aws-lambda";
import * as z from "zod/mini";
import { makeServices } from "../kit/services.ts";
import { compareReconciliation } from "../reconciliation/compare-reconciliation.ts";

const services = makeServices();

/** What EventBridge tells of a new object of a bucket; the local gateway says the same. */
const ObjectCreated = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });

/** Started with every file that was uploaded. What fails is tried again by Lambda, and put aside after that. */
export async function handler(
  event: unknown,
  { awsRequestId }: Pick<Context, "awsRequestId">,
): Promise<void> {
  const { key } = ObjectCreated.parse(event).detail.object;
  const done = await compareReconciliation(services, key, awsRequestId);
  if (!done.ok) throw new Error(`the comparison did not end: ${done.failure.code}`);
}
