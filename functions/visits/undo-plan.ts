import type { Failure } from "../../shared/domain/failures.ts";
import type { Result } from "../../shared/domain/result.ts";
import type { AppliedMessage } from "../../shared/store/messages/message-store.ts";
import type { Services } from "../kit/services.ts";
import type { ChangeServices, VisitChange } from "./visit-change.ts";

/** A message that took effect, and the cancellation that takes it back. */
export interface Cancelling {
  readonly hospitalCode: string;
  readonly message: AppliedMessage;
  /** Key of the cancellation's own message. */
  readonly cancelledBy: string;
  readonly shard: number;
}

/** What taking a message back leans on. */
export type UndoServices = ChangeServices & Pick<Services, "maxLinesOfBill" | "references">;

/** Loads what a message changed and decides how to take it back; refuses where later steps stand on it. */
export type UndoPlan = (
  services: UndoServices,
  cancelling: Cancelling,
) => Promise<Result<VisitChange, Failure>>;
