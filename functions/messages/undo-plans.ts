import type { UndoneOperationId } from "../contract/operations.ts";
import { undoReverseSettlement, undoSettleVisit } from "../settlements/undo-settlement.ts";
import { undoRevokeCharges, undoUploadCharges } from "../visits/undo-charges.ts";
import type { UndoPlan } from "../visits/undo-plan.ts";
import {
  undoCancelDischarge,
  undoCancelVisit,
  undoDischargeWorker,
  undoRecordAdvance,
  undoRegisterVisit,
} from "../visits/undo-visit.ts";

/** How the effect of each operation's message is taken back (冲正); other messages cannot be cancelled. */
export const undoPlans: Readonly<Partial<Record<string, UndoPlan>>> = {
  "register-visit": undoRegisterVisit,
  "cancel-visit": undoCancelVisit,
  "upload-charges": undoUploadCharges,
  "revoke-charges": undoRevokeCharges,
  "discharge-worker": undoDischargeWorker,
  "cancel-discharge": undoCancelDischarge,
  "record-advance": undoRecordAdvance,
  "settle-visit": undoSettleVisit,
  "reverse-settlement": undoReverseSettlement,
} satisfies Record<UndoneOperationId, UndoPlan>;
