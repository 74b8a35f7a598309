import * as z from "zod/mini";
import { operations } from "../../functions/contract/operations.ts";

type Schema = z.core.$ZodType;

export interface Leaf {
  readonly name: string;
  readonly schema: Schema;
}

const isOfText = (schema: Schema): boolean =>
  schema instanceof z.ZodMiniString ||
  (schema instanceof z.ZodMiniUnion && schema.def.options.some((option) => isOfText(option)));

/** Every field of a schema that takes texts, by name, with whatever it is piped into. */
function leavesOf(schema: Schema, name: string): Leaf[] {
  if (isOfText(schema)) return [{ name, schema }];
  if (schema instanceof z.ZodMiniObject)
    return Object.entries(schema.def.shape).flatMap(([field, part]) => leavesOf(part, `${name}/${field}`));
  if (schema instanceof z.ZodMiniArray) return leavesOf(schema.def.element, name);
  if (
    schema instanceof z.ZodMiniOptional ||
    schema instanceof z.ZodMiniNullable ||
    schema instanceof z.ZodMiniDefault ||
    schema instanceof z.ZodMiniPrefault
  )
    return leavesOf(schema.def.innerType, name);
  if (schema instanceof z.ZodMiniUnion) return schema.def.options.flatMap((part) => leavesOf(part, name));
  if (schema instanceof z.ZodMiniPipe)
    return isOfText(schema.def.in) ? [{ name, schema }] : leavesOf(schema.def.in, name);
  const known = ["boolean", "int", "number", "enum", "literal", "undefined"];
  if (!known.includes(schema._zod.def.type))
    throw new Error(`${name}: ${schema._zod.def.type} is not looked into`);
  return [];
}

/** Every field that takes texts of every operation. */
export const leaves = operations.flatMap(({ id, params, query, body }) => [
  ...leavesOf(params, `${id} path`),
  ...leavesOf(query, `${id} query`),
  ...leavesOf(body, `${id} body`),
]);
