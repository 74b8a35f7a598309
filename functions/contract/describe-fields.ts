import { fieldTextTables } from "./field-texts.ts";
import { bothLanguages, type JsonSchema } from "./openapi-document.ts";

type Part = boolean | JsonSchema;
/** The names that lead to a field: of its component, or of the part of the address, and of the fields that hold it. */
type Place = readonly string[];

const fieldTexts = new Map(fieldTextTables.flatMap((table) => Object.entries(table)));

/** The text of the longest end of the place that has one; undefined where nobody wrote any. */
function findFieldText(place: Place, field: JsonSchema): string | undefined {
  const text = place
    .map((_, start) => fieldTexts.get(place.slice(start).join(".")))
    .find((each) => each !== undefined);
  if (text === undefined) return undefined;
  const [zh, en, values = []] = text;
  const isListed = values.length === 0 || field.enum !== undefined || field.$ref !== undefined;
  return bothLanguages({ zh, en }) + (isListed ? "" : `: ${values.map((value) => `\`${value}\``).join(" ")}`);
}

function describeField(field: Part, place: Place): Part {
  if (typeof field === "boolean") return field;
  const described = describeFields(field, place);
  const texts = [findFieldText(place, field), described.description].filter((text) => text !== undefined);
  return texts.length === 0 ? described : { ...described, description: texts.join("\n\n") };
}

function describePart(part: Part, place: Place): Part {
  return typeof part === "boolean" ? part : describeFields(part, place);
}

/** Adds to every field of a schema what it means; `place` is where the schema stands. */
export function describeFields(schema: JsonSchema, place: Place): JsonSchema {
  const described: JsonSchema = { ...schema };
  if (schema.properties !== undefined) {
    described.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [
        name,
        describeField(field, [...place, name]),
      ]),
    );
  }
  if (schema.items !== undefined && !Array.isArray(schema.items)) {
    described.items = describePart(schema.items, place);
  }
  if (schema.anyOf !== undefined) described.anyOf = schema.anyOf.map((part) => describeFields(part, place));
  return described;
}
