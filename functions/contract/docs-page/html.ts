/** Text that is HTML already; everything else is escaped on its way into a page. */
export interface Html {
  readonly html: string;
}

type Insert = string | number | Html | readonly Html[];

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escapeText = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? "");

function toText(insert: Insert): string {
  if (typeof insert === "string") return escapeText(insert);
  if (typeof insert === "number") return String(insert);
  return "html" in insert ? insert.html : insert.map(({ html: part }) => part).join("");
}

/** `html\`<p>${text}</p>\`` escapes what it inserts, unless that is HTML already. */
export const html = (literals: TemplateStringsArray, ...inserts: readonly Insert[]): Html => ({
  html: literals.reduce((page, literal, index) => page + toText(inserts[index - 1] ?? "") + literal),
});

export const ZERO_ALLOCATION: Html = { html: "" };
