import * as z from "zod/mini";
import { holdsNoIdNumber } from "../check-characters.ts";
import { ofForm } from "../expected.ts";

/** A message's key (`Idempotency-Key`): the hospital's own message id. */
export const MessageKey = z
  .string()
  .check(
    ofForm(/^[A-Za-z0-9_.:-]{1,64}$/, "1 至 64 位字母、数字或 _ . : -", "1 to 64 of A-Z a-z 0-9 _ . : -"),
    holdsNoIdNumber,
  );
