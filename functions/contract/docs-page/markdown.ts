import { type Html, html } from "./html.ts";

/** Text with `code` in it. */
function toInline(text: string): Html[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

function toBlock(block: string): Html {
  const lines = block.split("\n");
  if (!lines.every((line) => line.startsWith("- "))) return html`<p>${toInline(block)}</p>`;
  return html`<ul>${lines.map((line) => html`<li>${toInline(line.slice(2))}</li>`)}</ul>`;
}

/** Renders the Markdown that the document uses: paragraphs, flat lists and `code`. */
export const renderMarkdown = (text: string): Html => html`${text.split("\n\n").map(toBlock)}`;
