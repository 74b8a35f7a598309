import { createHmac } from "node:crypto";

/** What tells the repeat of a message from another one under the same key. */
export type HashContent = (content: string) => string;

/**
 * By keyed hash: a message may name a person, and what is left of it in the store would otherwise be enough to try
 * every number. Throws in a function that takes messages and was given no key.
 */
export const makeHashContent =
  (key: () => string | undefined): HashContent =>
  (content) => {
    const found = key();
    if (found === undefined) throw new Error("MESSAGE_KEY is missing: this function takes no messages");
    return createHmac("sha256", found).update(content).digest("base64url");
  };
