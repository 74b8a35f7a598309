import { instantOf } from "../../shared/domain/dates.ts";
import { detailColumns, MAX_FILE_ROWS } from "../../shared/domain/reconciliation/detail-columns.ts";
import { ok } from "../../shared/domain/result.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { countReconciliation } from "./hourly-limit.ts";
import { loadOpenRound } from "./load-state.ts";
import type { openReconciliationUploadContract } from "./open-reconciliation-upload.contract.ts";
import { nextStepOf } from "./reconciliation-texts.ts";
import { uploadKeyOf } from "./upload-key.ts";

type Call = MessageCallOf<typeof openReconciliationUploadContract>;

const LIFETIME_SECONDS = 900;

/** Gives a URL for a day's details as a file; what arrives there is compared by a job. */
export const openReconciliationUpload =
  (services: Pick<Services, "db" | "logger" | "now" | "newId" | "files">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { reconciliationId } = call.params;
      const open = await loadOpenRound(services, call.caller.institution, reconciliationId);
      if (!open.ok) return open;
      const { hospitalCode, day, round } = open.value;
      const now = new Date(services.now());
      const key = uploadKeyOf({ hospitalCode, day, round, uploadId: services.newId("U") });
      const value = {
        reconciliationId,
        url: await services.files.openUpload(key, {
          now,
          lifetimeSeconds: LIFETIME_SECONDS,
          bytes: call.body?.bytes,
        }),
        method: "PUT",
        expiresAt: instantOf(now.getTime() + LIFETIME_SECONDS * 1_000),
        columns: detailColumns,
        maxRows: MAX_FILE_ROWS,
        nextStep: nextStepOf("UPLOAD"),
      };
      const counted = countReconciliation(services.db, { hospitalCode, at: services.now(), work: "UPLOADS" });
      return ok({ subject: reconciliationId, value, writes: [counted] });
    });
