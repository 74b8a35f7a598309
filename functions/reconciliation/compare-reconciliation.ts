import { FileRejected, readDetailsCsv } from "../../shared/comparison/details-csv.ts";
import { type AuditContext, jobAuditContext } from "../../shared/domain/audit/audit-entry.ts";
import type { Failure } from "../../shared/domain/failures.ts";
import type { DayState } from "../../shared/domain/reconciliation/round.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { nameOfError } from "../../shared/observability/logger.ts";
import { commitChange } from "../../shared/store/audit/audit-store.ts";
import { findDayState, recordOutcome, saveDayState } from "../../shared/store/reconciliation/round-store.ts";
import { retryOnConflict } from "../kit/retry-on-conflict.ts";
import type { Services } from "../kit/services.ts";
import { compareRound } from "./compare-round.ts";
import { parseUploadKey, type Upload } from "./upload-key.ts";

type JobServices = Pick<Services, "db" | "files" | "logger" | "now" | "newId">;

/** The round that an upload is for; undefined where it was compared already, or is not the latest one. */
async function findOpenState({ db }: JobServices, upload: Upload): Promise<DayState | undefined> {
  const state = await findDayState(db, upload.hospitalCode, upload.day);
  if (state?.round !== upload.round || state.comparison !== undefined) return undefined;
  return state.status === "FAILED" && state.uploadId === upload.uploadId ? undefined : state;
}

/** Says that the file is being compared, so that whoever asks meanwhile knows. */
async function markComparing(
  services: JobServices,
  upload: Upload,
  trail: AuditContext,
): Promise<DayState | undefined> {
  const state = await findOpenState(services, upload);
  if (state === undefined || state.uploadId === upload.uploadId) return state;
  const { uploadId } = upload;
  const next: DayState = {
    ...state,
    version: state.version + 1,
    status: "COMPARING",
    uploadId,
    faults: undefined,
    at: services.now(),
  };
  const entry = { ...trail, subject: uploadId, at: services.now() };
  const commit = await commitChange(services.db, entry, [saveDayState(services.db, next)]);
  return commit.kind === "COMMITTED" ? next : markComparing(services, upload, trail);
}

async function compareFile(services: JobServices, state: DayState, key: string): Promise<DayState> {
  try {
    return await compareRound(services, state, readDetailsCsv(await services.files.read(key)));
  } catch (error) {
    if (!(error instanceof FileRejected)) throw error;
    const { faults } = error;
    return { ...state, version: state.version + 1, status: "FAILED", faults, at: services.now() };
  }
}

/** A file that was judged is needed no more. Where it cannot be removed it is gone a day later, by the bucket's own rule. */
async function removeFile({ files, logger }: JobServices, key: string, requestId: string): Promise<void> {
  try {
    await files.remove(key);
  } catch (error) {
    logger.log("JOB_FAILED", {
      job: "compare-reconciliation",
      requestId,
      step: "remove-file",
      error: nameOfError(error),
    });
  }
}

type Done = "COMPARED" | "PASSED_OVER";

/**
 * Compares an uploaded file with the fund's entries of its day. Run again it finds the round compared and leaves it;
 * where somebody posted in between, it looks again whether the round is still the latest.
 */
export async function compareReconciliation(
  services: JobServices,
  key: string,
  requestId: string,
): Promise<Result<Done, Failure>> {
  const upload = parseUploadKey(key);
  if (upload === undefined) throw new Error("the file is no upload of a reconciliation");
  const trail = jobAuditContext("compare-reconciliation", requestId);
  const { hospitalCode, day, round } = upload;
  const subject = { operation: trail.operation, requestId, hospitalCode, day, round };
  const done = await retryOnConflict<Done>(services, trail, async () => {
    const state = await markComparing(services, upload, trail);
    if (state === undefined) return "PASSED_OVER";
    const next = await compareFile(services, state, key);
    const commit = await commitChange(
      services.db,
      { ...trail, subject: upload.uploadId, at: services.now() },
      [saveDayState(services.db, next), recordOutcome(services.db, next)],
    );
    return commit.kind === "COMMITTED" ? "COMPARED" : "AGAIN";
  });
  if (!done.ok) {
    services.logger.log("COMPARISON_FAILED", subject);
    return err(done.failure);
  }
  await removeFile(services, key, requestId);
  services.logger.log(done.value === "COMPARED" ? "COMPARISON_DONE" : "COMPARISON_PASSED_OVER", subject);
  return ok(done.value);
}
