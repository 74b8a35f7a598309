import * as z from "zod/mini";
import { IdNumber } from "../check-characters.ts";

export const CardNumber = z.string().check(z.regex(/^[A-Za-z0-9]{6,32}$/));

/** 职工, as the agency states it; `frozen` stops benefits. */
export const WorkerStatement = z.strictObject({
  idNumber: IdNumber,
  cardNumber: CardNumber,
  name: z.string().check(z.minLength(1), z.maxLength(60)),
  frozen: z.boolean(),
});

export interface Worker extends z.infer<typeof WorkerStatement> {
  readonly workerId: string;
}

/** 张三丰 → 张**: the first character, then a star for each further one, two at most. */
export function maskName(name: string): string {
  const characters = [...name];
  return (characters[0] ?? "") + "*".repeat(Math.min(2, Math.max(1, characters.length - 1)));
}

/** The first six and the last character stay: the district is known to the hospital anyhow. */
export const maskIdNumber = (idNumber: string): string =>
  `${idNumber.slice(0, 6)}${"*".repeat(11)}${idNumber.slice(-1)}`;
