import * as z from "zod/mini";
import { holdsNoIdNumber } from "./check-characters.ts";

/** A message's key (`Idempotency-Key`): the hospital's own message id. */
export const MessageKey = z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,64}$/), holdsNoIdNumber);
