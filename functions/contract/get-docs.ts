import type { Outcome } from "../kit/bind.ts";
import { contentSecurityPolicy, renderPage } from "./docs-page/page.ts";
import type { OpenapiDocument } from "./openapi-document.ts";

/** The contract as a page: made once, sent as it is. */
export const getDocs = (document: OpenapiDocument): (() => Outcome) => {
  const html = renderPage(document);
  return async () => ({ ok: true, value: { kind: "PAGE", html, contentSecurityPolicy } });
};
