import * as z from "zod/mini";
import { toCursor } from "../../functions/kit/cursor.ts";
import { findOperation, institutionOf } from "./api-event.ts";
import type { CallInput } from "./service.ts";

const fields = z.record(z.string(), z.unknown());
const pageQuery = z.looseObject({ limit: z.number() });

/** A cursor to a place as the list itself would give it that is asked for like this: anybody can make one who has the source. */
export function makeCursor(operationId: string, input: CallInput, place: string): string {
  const definition = findOperation(operationId);
  const params = fields.parse(z.parse(definition.params, input.params ?? {}));
  const query = pageQuery.parse(z.parse(definition.query, input.query ?? {}));
  const institution = input.institution ?? institutionOf[input.role ?? definition.roles[0] ?? ""] ?? "";
  return toCursor({ definition, caller: { institution }, params, query }, place);
}

/** The place in a cursor. */
export const placeIn = (cursor: string): string =>
  Buffer.from(cursor, "base64url").toString("utf8").slice(12);
