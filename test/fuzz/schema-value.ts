import type { JsonSchema, OpenapiDocument } from "../../functions/contract/openapi-document.ts";
import type { SeededRandom } from "../../infra/demo/seeded-random.ts";
import { hostileStrings } from "./hostile-values.ts";
import type { KnownValues } from "./known-values.ts";

const days = ["2026-11-02", "2026-01-10", "2024-02-29", "2030-01-01"];
const instants = ["2026-11-02T09:30:00+08:00", "2026-11-02T01:30:00Z", "2026-11-20T23:59:59.999+08:00"];
const words = ["1", "0.5", "15.00", "S-1001", "骨科", "DEMO000001", "GS2026000001", "S62.600"];

export interface Source {
  readonly document: OpenapiDocument;
  readonly random: SeededRandom;
  readonly known: KnownValues;
}

type Schema = boolean | JsonSchema | undefined;

function resolve(document: OpenapiDocument, schema: JsonSchema): JsonSchema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
}

function drawString({ random, known }: Source, schema: JsonSchema, field: string): string {
  if (random.chance(0.1)) return random.pick(hostileStrings);
  const found = known.find(field, random);
  if (found !== undefined && random.chance(0.8)) return found;
  if (schema.format === "date") return random.pick(days);
  if (schema.format === "date-time") return random.pick(instants);
  return random.pick(words);
}

function drawObject(source: Source, schema: JsonSchema): unknown {
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) =>
    source.random.chance(required.has(name) ? 0.98 : 0.6),
  );
  return Object.fromEntries(fields.map(([name, each]) => [name, drawFromSchema(source, each, name)]));
}

/** A value of the shape that a schema of the document asks for, though its strings may not be what they should. */
export function drawFromSchema(source: Source, stated: Schema, field = ""): unknown {
  if (stated === undefined || typeof stated === "boolean") return source.random.pick(words);
  const schema = resolve(source.document, stated);
  const { random } = source;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return random.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return drawFromSchema(source, random.pick(choices), field);
  switch (Array.isArray(schema.type) ? random.pick(schema.type) : schema.type) {
    case "object":
      return drawObject(source, schema);
    case "array": {
      const items = Array.isArray(schema.items) ? schema.items[0] : schema.items;
      return Array.from({ length: random.integer(0, 3) }, () => drawFromSchema(source, items, field));
    }
    case "integer":
      return random.integer(schema.minimum ?? 0, Math.min(schema.maximum ?? 100, 1_000));
    case "number":
      return random.pick([0, 0.5, 1, 15, 1e6]);
    case "boolean":
      return random.chance(0.5);
    case "null":
      return null;
    case "string":
    case undefined:
      return drawString(source, schema, field);
  }
}
