import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import type { Send, StoreCommand } from "./send.ts";

const Keyed = z.looseObject({ pk: z.string(), sk: z.string() });
export const Answer = z.object({
  Item: z.optional(z.unknown()),
  Items: z.optional(z.array(z.unknown())),
  Attributes: z.optional(z.unknown()),
  LastEvaluatedKey: z.optional(z.record(z.string(), z.unknown())),
  Responses: z.optional(z.union([z.array(z.unknown()), z.record(z.string(), z.array(Keyed))])),
});

export const inOrder = (items: readonly unknown[]): unknown[] =>
  z
    .array(Keyed)
    .parse(items)
    .sort((a, b) => (JSON.stringify([a.pk, a.sk]) < JSON.stringify([b.pk, b.sk]) ? -1 : 1));

/** What a command comes to: an answer, without an order where none is promised, or the kind of its failure. */
export async function outcomeOf(send: Send, command: StoreCommand) {
  try {
    const { Responses: responses, ...answer } = Answer.parse(await send(command));
    if (responses === undefined) return answer;
    return Array.isArray(responses) ? { responses } : { responses: Object.values(responses).map(inOrder) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!(error instanceof TransactionCanceledException))
      return { failure: error.name, message: error.message };
    return { failure: error.name, codes: error.CancellationReasons?.map(({ Code }) => Code) };
  }
}
