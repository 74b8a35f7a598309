import * as z from "zod/mini";
import { WorkerId } from "../ids.ts";
import { IdNumber, IdTypeField, numberIsOfItsType } from "./person-number.ts";
import { CardNumber, PersonName, RevealReason } from "./worker.ts";

const isObject = ({ value }: { value: unknown }): boolean => typeof value === "object" && value !== null;

const correctsSomething = z.refine<{ idNumber?: unknown; cardNumber?: unknown; name?: unknown }>(
  ({ idNumber, cardNumber, name }) =>
    idNumber !== undefined || cardNumber !== undefined || name !== undefined,
  { error: "NOTHING_TO_CORRECT", path: ["idNumber"], when: isObject },
);
const typeHasItsNumber = z.refine<{ idType?: unknown; idNumber?: unknown }>(
  ({ idType, idNumber }) => idType === "RESIDENT_ID" || idType === undefined || idNumber !== undefined,
  { error: "ID_TYPE_OF_NO_NUMBER", path: ["idType"], when: isObject },
);

/**
 * 身份信息更正: what was stated wrong of a worker, or has been replaced; what is left out stays. With `swapWith`, numbers that
 * the other worker has go over, and the other one gets those of this worker for them.
 */
export const IdentityCorrection = z
  .strictObject({
    idType: IdTypeField,
    idNumber: z.optional(IdNumber),
    cardNumber: z.optional(CardNumber),
    name: z.optional(PersonName),
    swapWith: z.optional(WorkerId),
    reason: RevealReason,
  })
  .check(correctsSomething, typeHasItsNumber, numberIsOfItsType);
