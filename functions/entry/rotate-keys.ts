import type { Context } from "aws-lambda";
import { makeCipher } from "../../shared/personal-data/make-cipher.ts";
import { rotateKeys } from "../access/rotate-keys.ts";
import { makeServices } from "../kit/services.ts";

const made = makeServices();
const services = { ...made, cipher: makeCipher(made.personalData) };

/** One worker takes less than this; one that is begun is finished. */
const RESERVE_MS = 15_000;

/** Started by hand, again and again until it answers `isDone` (docs/keys.md). */
export const handler = (
  _event: unknown,
  context: Pick<Context, "getRemainingTimeInMillis">,
): ReturnType<typeof rotateKeys> =>
  rotateKeys(services, () => context.getRemainingTimeInMillis() < RESERVE_MS);
