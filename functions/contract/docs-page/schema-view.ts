import { bothLanguages, type JsonSchema } from "../openapi-document.ts";
import { type Html, html, ZERO_ALLOCATION } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";

const REF = "#/components/schemas/";

/** The component that a schema refers to. */
export const findComponentName = (schema: JsonSchema): string | undefined =>
  schema.$ref?.startsWith(REF) ? schema.$ref.slice(REF.length) : undefined;

const join = (parts: readonly Html[], separator: string): Html =>
  html`${parts.map((part, index) => (index === 0 ? part : html`${separator}${part}`))}`;

/** What kind of value it is, with links to components. */
function renderType(schema: JsonSchema): Html {
  const name = findComponentName(schema);
  if (name !== undefined) return html`<a href="#schema-${name}">${name}</a>`;
  if (schema.anyOf !== undefined) return join(schema.anyOf.map(renderType), " | ");
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  const { items } = schema;
  if (typeof items === "object" && !Array.isArray(items)) return html`${renderType(items)}[]`;
  const types = schema.type === undefined ? ["any"] : [schema.type].flat();
  return html`${types.join(" | ")}`;
}

function range(least: number | undefined, most: number | undefined): string {
  if (most === undefined) return `≥ ${least ?? 0}`;
  return least === undefined ? `≤ ${most}` : `${least} – ${most}`;
}

const limit = (zh: string, en: string, value: string): Html =>
  html`<div class="limits">${bothLanguages({ zh, en })}: <code>${value}</code></div>`;

/** What narrows the values down, as far as the schema itself says it. */
function renderLimits(schema: JsonSchema): Html {
  const limits: Html[] = [];
  const values = schema.enum?.map(String).join(", ");
  if (values !== undefined) limits.push(limit("取值", "One of", values));
  if (schema.format !== undefined) limits.push(limit("格式", "Format", schema.format));
  if (schema.pattern !== undefined) limits.push(limit("模式", "Pattern", schema.pattern));
  if (schema.minLength !== undefined || schema.maxLength !== undefined) {
    limits.push(limit("长度", "Length", range(schema.minLength, schema.maxLength)));
  }
  if (schema.minItems !== undefined || schema.maxItems !== undefined) {
    limits.push(limit("个数", "Items", range(schema.minItems, schema.maxItems)));
  }
  if (schema.minimum !== undefined || schema.maximum !== undefined) {
    limits.push(limit("范围", "Range", range(schema.minimum, schema.maximum)));
  }
  if (schema.default !== undefined) limits.push(limit("缺省", "Default", JSON.stringify(schema.default)));
  const [example] = schema.examples ?? [];
  if (example !== undefined) limits.push(limit("示例", "Example", JSON.stringify(example)));
  return html`${limits}`;
}

/** A value in words: its description and its limits. */
const renderMeaning = (schema: JsonSchema): Html =>
  html`${schema.description === undefined ? ZERO_ALLOCATION : renderMarkdown(schema.description)}${renderLimits(schema)}`;

/** The object inside a field whose fields are shown with it: itself, the items of a list, or what is not null. */
function findInnerObject(
  schema: JsonSchema,
): { readonly schema: JsonSchema; readonly suffix: string } | undefined {
  if (schema.properties !== undefined) return { schema, suffix: "" };
  const { items } = schema;
  if (typeof items === "object" && !Array.isArray(items)) {
    return items.properties === undefined ? undefined : { schema: items, suffix: "[]" };
  }
  const inner = schema.anyOf?.find(({ properties }) => properties !== undefined);
  return inner === undefined ? undefined : { schema: inner, suffix: "" };
}

/** Whether a schema is of what is sent or of what is answered: a field that has to be there is called accordingly. */
export type Use = "REQUEST" | "ANSWER";
const alwaysThere: Readonly<Record<Use, string>> = { REQUEST: "必填 · Required", ANSWER: "必含 · Always" };

export function renderField(name: string, schema: JsonSchema, isRequired: boolean, use: Use): Html {
  return html`<tr><td><code>${name}</code></td><td>${renderType(schema)}</td>
<td>${isRequired ? alwaysThere[use] : ""}</td><td>${renderMeaning(schema)}</td></tr>`;
}

function renderFields(schema: JsonSchema, prefix: string, use: Use): Html[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (typeof field === "boolean") return [];
    const path = `${prefix}${name}`;
    const inner = findInnerObject(field);
    const row = renderField(path, field, required.has(name), use);
    return inner === undefined ? [row] : [row, ...renderFields(inner.schema, `${path}${inner.suffix}.`, use)];
  });
}

export const renderFieldTable = (rows: readonly Html[]): Html =>
  html`<table class="fields"><thead><tr><th>字段 · Field</th><th>类型 · Type</th><th></th>
<th>说明 · Meaning</th></tr></thead><tbody>${rows}</tbody></table>`;

/** A schema as a table of its fields, or in words where it has none. */
export function renderSchema(schema: JsonSchema, use: Use): Html {
  const inner = findInnerObject(schema);
  const rows =
    inner === undefined ? [] : renderFields(inner.schema, inner.suffix === "" ? "" : `${inner.suffix}.`, use);
  if (rows.length === 0) return html`<p>${renderType(schema)}</p>${renderMeaning(schema)}`;
  return html`${renderMeaning(schema)}${renderFieldTable(rows)}`;
}
