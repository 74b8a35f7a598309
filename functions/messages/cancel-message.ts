import type { Day } from "../../shared/domain/dates.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import {
  barMessage,
  findMessageAndCancellation,
  type KnownMessage,
  recordCancellation,
} from "../../shared/store/messages/message-store.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { toSettlementView } from "../settlements/settlement-views.ts";
import type { cancelMessageContract } from "./cancel-message.contract.ts";
import { undoPlans } from "./undo-plans.ts";

type Call = MessageCallOf<typeof cancelMessageContract>;

interface Undone {
  readonly effect: "NEVER_APPLIES" | "REVERSED";
  readonly operation?: string;
  readonly visit?: { readonly visitId: string; readonly status: string };
  readonly settlement?: ReturnType<typeof toSettlementView>;
  readonly countsOn?: Day;
  readonly writes: readonly Write[];
}

type CancelServices = Pick<Services, "db" | "references" | "logger" | "now" | "pickShard" | "maxLinesOfBill">;

async function undo(
  services: CancelServices,
  { caller, params, message: own }: Call,
  message: KnownMessage | undefined,
  shard: number,
): Promise<Result<Undone, Failure>> {
  const { institution } = caller;
  if (message === undefined || message.kind === "BARRED") {
    return ok({ effect: "NEVER_APPLIES", writes: [barMessage(services.db, institution, params.key)] });
  }
  const plan = undoPlans[message.operation];
  if (plan === undefined) return err(failure("MESSAGE_NOT_CANCELLABLE"));
  const change = await plan(services, { hospitalCode: institution, message, cancelledBy: own.key, shard });
  if (!change.ok) return change;
  const { visit, settlement, countsOn, writes } = change.value;
  return ok({
    effect: "REVERSED",
    operation: message.operation,
    visit: { visitId: visit.visitId, status: visit.status },
    ...(settlement === undefined ? {} : { settlement: toSettlementView(settlement, "SETTLED") }),
    ...(countsOn === undefined ? {} : { countsOn }),
    writes,
  });
}

/**
 * Cancels a message whose outcome the hospital does not know (冲正), for good: takes back what it did, or makes
 * sure that it never does anything, also when it is still on its way. Whoever asks again gets the same answer.
 */
export const cancelMessage =
  (services: CancelServices) =>
  (call: Call): Outcome => {
    const { caller, params, message: own } = call;
    const { key } = params;
    const firstShard = services.pickShard();
    return applyMessage(services, call, async (attempt) => {
      if (own.key === key) {
        return err(
          failure("IDEMPOTENCY_KEY_REUSED", [
            { pointer: "#header/Idempotency-Key", code: "IDEMPOTENCY_KEY_REUSED" },
          ]),
        );
      }
      const { message, cancellation } = await findMessageAndCancellation(
        services.db,
        caller.institution,
        key,
      );
      if (cancellation !== undefined) return ok({ subject: key, value: cancellation, writes: [] });
      const undone = await undo(services, call, message, firstShard + attempt);
      if (!undone.ok) return undone;
      const { writes, ...rest } = undone.value;
      const value = { key, status: "CANCELLED", ...rest, cancelledAt: services.now() };
      const record = recordCancellation(services.db, { institution: caller.institution, key, value });
      return ok({ subject: key, value, writes: [...writes, record] });
    });
  };
