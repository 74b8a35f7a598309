import * as z from "zod/mini";
import { idTypes } from "../../shared/domain/registry/person-number.ts";
import type { Worker } from "../../shared/domain/registry/worker.ts";

/** A worker, masked. */
export const WorkerView = z.object({
  workerId: z.string(),
  name: z.string(),
  idType: z.enum(idTypes),
  idNumber: z.string(),
  frozen: z.boolean(),
});

/** A worker, masked, with the numbers of all cases: they name the visits. */
export const FoundWorkerView = z.extend(WorkerView, { caseNos: z.array(z.string()) });

/** A worker; name and ID number are masked, and the other numbers left out, unless a reason to see them was given. */
export const RevealedWorkerView = z.extend(FoundWorkerView, {
  cardNumber: z.optional(z.string()),
  phone: z.optional(z.string()),
  bankAccount: z.optional(z.string()),
});

export const toFoundWorkerView = (worker: Worker, cases: readonly { readonly caseNo: string }[]) => ({
  ...toWorkerView(worker),
  caseNos: cases.map(({ caseNo }) => caseNo),
});

export const toWorkerView = ({ workerId, maskedName, idType, maskedIdNumber, frozen }: Worker) => ({
  workerId,
  name: maskedName,
  idType,
  idNumber: maskedIdNumber,
  frozen,
});
