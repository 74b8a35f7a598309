import { fieldTexts } from "./field-texts.ts";
import { bothLanguages, type JsonSchema } from "./openapi-document.ts";

type Part = boolean | JsonSchema;

/** The text of a field that belongs to a component or to another field; undefined where nobody wrote one. */
function findFieldText(owner: string, name: string, field: JsonSchema): string | undefined {
  const text = fieldTexts[`${owner}.${name}`] ?? fieldTexts[name];
  if (text === undefined) return undefined;
  const [zh, en, values = []] = text;
  const isListed = values.length === 0 || field.enum !== undefined || field.$ref !== undefined;
  return bothLanguages({ zh, en }) + (isListed ? "" : `: ${values.map((value) => `\`${value}\``).join(" ")}`);
}

function describeField(field: Part, owner: string, name: string): Part {
  if (typeof field === "boolean") return field;
  const described = describeFields(field, name);
  const texts = [findFieldText(owner, name, field), described.description].filter(
    (text) => text !== undefined,
  );
  return texts.length === 0 ? described : { ...described, description: texts.join("\n\n") };
}

function describePart(part: Part, owner: string): Part {
  return typeof part === "boolean" ? part : describeFields(part, owner);
}

/** Adds to every field of a schema what it means; `owner` is the component or field that the fields belong to. */
export function describeFields(schema: JsonSchema, owner: string): JsonSchema {
  const described: JsonSchema = { ...schema };
  if (schema.properties !== undefined) {
    described.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, describeField(field, owner, name)]),
    );
  }
  if (schema.items !== undefined && !Array.isArray(schema.items)) {
    described.items = describePart(schema.items, owner);
  }
  if (schema.anyOf !== undefined) described.anyOf = schema.anyOf.map((part) => describeFields(part, owner));
  return described;
}
