import * as z from "zod/mini";
import { dayOf } from "../../shared/domain/dates.ts";
import { idTypes } from "../../shared/domain/registry/person-number.ts";
import type { Worker } from "../../shared/domain/registry/worker.ts";
import { findBedHolder, type Stays } from "../../shared/domain/visits/stays.ts";
import { DayText } from "../kit/views.ts";

/** A worker, masked. */
export const WorkerView = z.object({
  workerId: z.string(),
  name: z.string(),
  idType: z.enum(idTypes),
  idNumber: z.string(),
  frozen: z.boolean(),
});

/** A worker, masked, with the numbers of all cases: they name the visits; and the stay that holds a bed, which may have no case. */
export const FoundWorkerView = z.extend(WorkerView, {
  caseNos: z.array(z.string()),
  openStay: z.optional(z.object({ visitId: z.string(), hospitalCode: z.string(), admittedOn: DayText })),
});

/** A worker; name and ID number are masked, and the other numbers left out, unless a reason to see them was given. */
export const RevealedWorkerView = z.extend(FoundWorkerView, {
  cardNumber: z.optional(z.string()),
  phone: z.optional(z.string()),
  bankAccount: z.optional(z.string()),
});

export function toFoundWorkerView(
  worker: Worker,
  cases: readonly { readonly caseNo: string }[],
  stays: Stays,
) {
  const holder = findBedHolder(stays);
  return {
    ...toWorkerView(worker),
    caseNos: cases.map(({ caseNo }) => caseNo),
    ...(holder === undefined
      ? {}
      : {
          openStay: {
            visitId: holder.visitId,
            hospitalCode: holder.hospitalCode,
            admittedOn: dayOf(holder.admittedAt),
          },
        }),
  };
}

export const toWorkerView = ({ workerId, maskedName, idType, maskedIdNumber, frozen }: Worker) => ({
  workerId,
  name: maskedName,
  idType,
  idNumber: maskedIdNumber,
  frozen,
});
