import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { html } from "../../../functions/contract/docs-page/html.ts";
import { renderMarkdown } from "../../../functions/contract/docs-page/markdown.ts";
import { contentSecurityPolicy, renderPage } from "../../../functions/contract/docs-page/page.ts";
import { requestExamples } from "../../../functions/contract/examples.ts";
import { makeOpenapi } from "../../../functions/contract/openapi.ts";
import { operations } from "../../../functions/contract/operations.ts";
import { emptyBody, noBody } from "../../../functions/kit/operation.ts";

const document = makeOpenapi(operations);
const page = renderPage(document);
const findAll = (pattern: RegExp): string[] => [...page.matchAll(pattern)].map(([, found = ""]) => found);

describe("the page", () => {
  it("has every operation once, under its id", () => {
    const ids = findAll(/<section id="([^"]+)"/g).filter((id) => !id.startsWith("schema-"));
    expect(ids.sort()).toEqual(operations.map(({ id }) => id).sort());
  });

  it("says how a token is got, and that ids come from the caller's own answers", () => {
    expect(page).toContain("/oauth/token</code>");
    expect(page).toContain("come from the answers to your own calls");
  });

  it("has no link that leads nowhere", () => {
    const ids = new Set(findAll(/ id="([^"]+)"/g));
    const links = findAll(/ href="#([^"]+)"/g);
    expect(links.filter((link) => !ids.has(link))).toEqual([]);
  });

  it("takes nothing from elsewhere and runs no script", () => {
    expect(page).not.toMatch(/<script|<link rel="stylesheet|<img|<iframe|url\(|@import| on\w+=| style=/i);
    expect(findAll(/ (?:href|src)="(?!#)([^"]*)"/g).sort()).toEqual(["data:,", "openapi.json"]);
  });

  it("has the one style sheet that its policy allows", () => {
    const [style = ""] = findAll(/<style>([^<]*)<\/style>/g);
    const hash = createHash("sha256").update(style).digest("base64");
    expect(contentSecurityPolicy).toContain(`style-src 'sha256-${hash}'`);
    expect(contentSecurityPolicy).toContain("default-src 'none'");
  });

  it("marks what a request has to have as required, and what an answer always has otherwise", () => {
    const sectionOf = (id: string): string =>
      page.split(`<section id="${id}"`)[1]?.split("</section>")[0] ?? "";
    const markOf = (section: string, field: string): string | undefined =>
      new RegExp(`<td><code>${field}</code></td><td>.*?</td>\\s*<td>(.*?)</td>`, "s").exec(section)?.[1];
    const [request = "", answer = ""] = sectionOf("register-visit").split("<h4>应答");
    expect([markOf(request, "hospitalVisitNo"), markOf(request, "caseNo")]).toEqual(["必填 · Required", ""]);
    expect(markOf(answer, "visitId") ?? markOf(sectionOf("schema-Visit"), "visitId")).toBe("必含 · Always");
    expect(markOf(sectionOf("schema-ChargeLine"), "lineNo")).toBe("必填 · Required");
    expect(markOf(sectionOf("list-visits"), "limit")).toBe("");
  });

  it("has an example of every request body, and calls the body of a settlement by its name", () => {
    const withBody = operations
      .filter(({ body }) => body !== noBody && body !== emptyBody)
      .map(({ id }) => id);
    expect(withBody.filter((id) => requestExamples[id] === undefined)).toEqual([]);
    expect(page).toContain('id="schema-SettlementRequest"');
    expect(page).not.toContain("PreviewSettlementRequest");
  });

  it("lists every refusal of an operation with its status", () => {
    const section = page.slice(page.indexOf('<section id="settle-visit"'));
    const own = section.slice(0, section.indexOf("</section>"));
    expect(own).toContain("<code>CASE_UNDECIDED</code> 工伤认定尚未作出");
    expect(own).toContain("<td>409</td>");
  });
});

describe("what goes into the page", () => {
  it("is escaped", () => {
    expect(html`<p title="${'"'}">${"<script>&"}</p>`.html).toBe('<p title="&quot;">&lt;script&gt;&amp;</p>');
    expect(renderMarkdown("a `<b>` c").html).toBe("<p>a <code>&lt;b&gt;</code> c</p>");
  });

  it("keeps paragraphs and lists apart", () => {
    expect(renderMarkdown("one\n\n- two\n- three").html).toBe(
      "<p>one</p><ul><li>two</li><li>three</li></ul>",
    );
  });
});
