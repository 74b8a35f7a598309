import { createHash } from "node:crypto";
import type { JsonSchema, OpenapiDocument, OpenapiOperation } from "../openapi-document.ts";
import { type Html, html } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import {
  type FindOwnComponent,
  listOperations,
  type Placed,
  renderMethod,
  renderOperation,
} from "./operation-view.ts";
import { findComponentName, renderSchema } from "./schema-view.ts";
import { style } from "./style.ts";

const styleHash = createHash("sha256").update(style).digest("base64");

/** Nothing but the page's own style sheet: no script, no font, no picture, nothing from elsewhere. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Which components only one place of the document refers to, and that place an operation's body or answer. */
function findOwnComponents(document: OpenapiDocument): ReadonlySet<string> {
  const { schemas } = document.components;
  const countIn = (text: string, name: string): number =>
    text.split(`"#/components/schemas/${name}"`).length - 1;
  const paths = JSON.stringify(document.paths);
  const inSchemas = JSON.stringify(schemas);
  return new Set(
    Object.keys(schemas).filter((name) => countIn(paths, name) === 1 && countIn(inSchemas, name) === 0),
  );
}

/** The summary with its two languages one below the other, for the narrow column. */
function renderLabel({ summary }: OpenapiOperation): Html {
  const [zh = summary, en = ""] = summary.split(" · ");
  return html`<span>${zh}<small>${en}</small></span>`;
}

function renderNavigation(document: OpenapiDocument, operations: readonly Placed[]): Html {
  const groups = document.tags.map(({ name, description }) => {
    const links = operations
      .filter(({ operation }) => operation.tags.includes(name))
      .map(
        ({ method, operation }) =>
          html`<a href="#${operation.operationId}">${renderMethod(method)}${renderLabel(operation)}</a>`,
      );
    return html`<h2>${description}</h2>${links}`;
  });
  return html`<nav>${groups}<h2>数据结构 · Schemas</h2><a href="#schemas">全部 · All</a></nav>`;
}

/** The components that a request is made of: no answer has any of them. */
function findRequestComponents({ paths, components }: OpenapiDocument): ReadonlySet<string> {
  const namesIn = (part: unknown): string[] =>
    [...JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)].flatMap(([, name]) => name ?? []);
  const bodies = Object.values(paths).flatMap((item) =>
    Object.values(item).flatMap(({ requestBody, parameters }) => [requestBody ?? {}, parameters]),
  );
  const found = new Set(namesIn(bodies));
  for (const name of found) for (const inner of namesIn(components.schemas[name] ?? {})) found.add(inner);
  return found;
}

function renderComponents(
  components: readonly (readonly [string, JsonSchema])[],
  ofRequests: ReadonlySet<string>,
): Html {
  const sections = components.map(([name, schema]) => {
    const use = ofRequests.has(name) ? "REQUEST" : "ANSWER";
    return html`<section id="schema-${name}"><h3>${name}</h3>${renderSchema(schema, use)}</section>`;
  });
  return html`<h2 id="schemas">数据结构 · Schemas</h2>${sections}`;
}

/** The document as one page that needs no script: every operation under its id, every shared schema under its name. */
export function renderPage(document: OpenapiDocument): string {
  const operations = listOperations(document);
  const own = findOwnComponents(document);
  const findOwn: FindOwnComponent = (schema) => {
    const name = findComponentName(schema);
    return name !== undefined && own.has(name) ? document.components.schemas[name] : undefined;
  };
  const groups = document.tags.map(({ name, description }) => {
    const sections = operations
      .filter(({ operation }) => operation.tags.includes(name))
      .map((placed) => renderOperation(placed, findOwn));
    return html`<h2 id="tag-${name}">${description}</h2>${sections}`;
  });
  const shared = Object.entries(document.components.schemas).filter(([name]) => !own.has(name));
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title}</title><link rel="icon" href="data:,"><style>${{ html: style }}</style></head>
<body>${renderNavigation(document, operations)}
<main><h1>${document.info.title}</h1><p class="id">OpenAPI ${document.openapi} · <a href="openapi.json">openapi.json</a></p>
${renderMarkdown(document.info.description)}${groups}${renderComponents(shared, findRequestComponents(document))}</main></body></html>
`.html;
}
