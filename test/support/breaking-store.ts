import { ThrottlingException } from "@aws-sdk/client-dynamodb";
import type { Services } from "../../functions/kit/services.ts";

export const breakages = [
  "THROTTLED",
  "TIMED_OUT",
  "REFUSED_WITH_ITEM",
  "WRITE_REFUSED_WITH_ITEM",
  "BROKEN_ITEM",
] as const;
export type Breakage = (typeof breakages)[number];

/** Every attribute but the keys holds the word, as if something had written over the item. */
function overwrite(item: unknown, word: string): unknown {
  const entries = Object.entries(item ?? {});
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name === "pk" || name === "sk" ? value : { S: word }]),
  );
}

function overwriteItems(output: object, word: string): object {
  return Object.fromEntries(
    Object.entries(output).map(([name, value]) => {
      if (name === "Item" && value !== undefined) return [name, overwrite(value, word)];
      if (name === "Items" && Array.isArray(value)) return [name, value.map((each) => overwrite(each, word))];
      if (name === "Responses" && !Array.isArray(value)) {
        const tables = Object.entries(value ?? {}).map(([table, items]) => [
          table,
          Array.isArray(items) ? items.map((each) => overwrite(each, word)) : items,
        ]);
        return [name, Object.fromEntries(tables)];
      }
      return [name, value];
    }),
  );
}

const failureOf = (breakage: Breakage, word: string): Error | undefined => {
  const $metadata = { httpStatusCode: 400 };
  switch (breakage) {
    case "THROTTLED":
      return new ThrottlingException({ $metadata, message: `rate exceeded at ${word}` });
    case "TIMED_OUT":
      return Object.assign(new Error(`timed out with ${word}`), { name: "TimeoutError", $metadata });
    case "REFUSED_WITH_ITEM":
    case "WRITE_REFUSED_WITH_ITEM":
      // As a validation error quotes what it does not like.
      return Object.assign(new Error(`ValidationException: ${word}`), {
        name: "ValidationException",
        $metadata,
      });
    case "BROKEN_ITEM":
      return undefined;
  }
};

/** From here on these services meet the breakage at every call of the store; its message or items say the word. */
export function breakStore({ db }: Services, breakage: Breakage, word: string): void {
  db.client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const error = failureOf(breakage, word);
        const isMet = breakage !== "WRITE_REFUSED_WITH_ITEM" || /Put|Update|Write/.test(commandName);
        if (error !== undefined && isMet) throw error;
        if (error !== undefined) return next(args);
        const result = await next(args);
        return { ...result, output: { ...result.output, ...overwriteItems(result.output, word) } };
      },
    { step: "initialize", name: "breakage", priority: "low" },
  );
}
