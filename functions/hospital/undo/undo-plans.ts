import { undoRevokeCharges, undoUploadCharges } from "./charge-plans.ts";
import { undoReverseSettlement, undoSettleVisit } from "./settlement-plans.ts";
import type { UndoPlan } from "./undo-plan.ts";
import {
  undoCancelDischarge,
  undoCancelVisit,
  undoDischargeWorker,
  undoRecordAdvance,
  undoRegisterVisit,
} from "./visit-plans.ts";

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
};
