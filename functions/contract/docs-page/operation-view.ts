import type { JsonSchema, MediaType, OpenapiDocument, OpenapiOperation } from "../openapi-document.ts";
import { type Html, html, ZERO_ALLOCATION } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { findComponentName, renderField, renderFieldTable, renderSchema, type Use } from "./schema-view.ts";

/** An operation with its place. */
export interface Placed {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenapiOperation;
}

export const renderMethod = (method: string): Html =>
  html`<span class="method ${method}">${method.toUpperCase()}</span>`;

/** Every operation of the document, in its order. */
export const listOperations = ({ paths }: OpenapiDocument): Placed[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );

/** A component that only one operation refers to is shown there; of others there is a link. */
export type FindOwnComponent = (schema: JsonSchema) => JsonSchema | undefined;

function renderContent(
  [mediaType, { schema, example }]: [string, MediaType],
  findOwn: FindOwnComponent,
  use: Use,
): Html {
  const name = findComponentName(schema);
  const own = findOwn(schema);
  const body =
    name === undefined || own !== undefined
      ? renderSchema(own ?? schema, use)
      : html`<p><a href="#schema-${name}">${name}</a></p>`;
  const shown =
    example === undefined
      ? ZERO_ALLOCATION
      : html`<details><summary>示例 · Example</summary><pre><code>${JSON.stringify(example, null, 2)}</code></pre></details>`;
  return html`<p class="id">${mediaType}</p>${body}${shown}`;
}

function renderParameters({ parameters }: OpenapiOperation): Html {
  if (parameters.length === 0) return ZERO_ALLOCATION;
  const rows = parameters.map(({ name, in: place, required, description, schema, example }) =>
    renderField(
      name,
      {
        ...schema,
        description: `${description} (${place})`,
        ...(example === undefined ? {} : { examples: [example] }),
      },
      required,
      "REQUEST",
    ),
  );
  return html`<h4>参数 · Parameters</h4>${renderFieldTable(rows)}`;
}

function renderResponses({ responses }: OpenapiOperation, findOwn: FindOwnComponent): Html {
  const entries = Object.entries(responses);
  const answers = entries.filter(([status]) => status.startsWith("2"));
  const failures = entries.filter(([status]) => !status.startsWith("2"));
  const rows = failures.map(
    ([status, { description }]) => html`<tr><td>${status}</td><td>${renderMarkdown(description)}</td></tr>`,
  );
  return html`${answers.map(
    ([status, { content }]) =>
      html`<h4>应答 · Answer ${status}</h4>${Object.entries(content).map((each) => renderContent(each, findOwn, "ANSWER"))}`,
  )}<h4>失败 · Refusals</h4><table class="status"><tbody>${rows}</tbody></table>`;
}

/** One operation, under its id as anchor. */
export function renderOperation({ method, path, operation }: Placed, findOwn: FindOwnComponent): Html {
  const { operationId, summary, description, requestBody } = operation;
  const request =
    requestBody === undefined
      ? ZERO_ALLOCATION
      : html`<h4>请求体 · Request body${requestBody.required ? "" : "（可省略 · optional）"}</h4>
<p>${requestBody.description}</p>${Object.entries(requestBody.content).map((each) => renderContent(each, findOwn, "REQUEST"))}`;
  return html`<section id="${operationId}"><h3>${summary}</h3>
<div class="route">${renderMethod(method)}<code>${path}</code><a class="id" href="#${operationId}">${operationId}</a></div>
${renderMarkdown(description)}${renderParameters(operation)}${request}${renderResponses(operation, findOwn)}</section>`;
}
