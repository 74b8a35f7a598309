import type { OperationDefinition } from "../../functions/operation.ts";
import type { OpenapiOperation, Parameter } from "../../functions/public/openapi-document.ts";
import { drawHostileValue, hostileStrings, hostileTexts } from "./hostile-values.ts";
import { mutate } from "./mutate.ts";
import { drawFromSchema, type Source } from "./schema-value.ts";

/** One request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, encoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const nothing = {
  count: 0,
  total: "0.00",
  allocation: { fund: "0", employer: "0", hospital: "0", thirdParty: "0", otherInsurer: "0", personal: "0" },
};

/** Where the document gives no example. The day was over long ago, so that nothing of the run is counted in it. */
const examples: Readonly<Record<string, unknown>> = {
  "reconcile-day": { date: "2026-11-02", settlements: nothing, reversals: { ...nothing, count: 1 } },
  "post-reconciliation-details": { rows: [], final: true },
  "link-case": { caseNo: "GS2026000001" },
};

/** How much is wrong with a request, on purpose. */
const manners = ["VALID", "VALID", "NEARLY_VALID", "NEARLY_VALID", "SCHEMA", "HOSTILE"] as const;
type Manner = (typeof manners)[number];

const EVERY_ROLE = ["hospital", "hospital-2", "enterprise", "finance", "agency", "auditor"];

/** The gateway's server takes 16 KB of headers; a Chinese character has nine bytes when it is encoded. */
const LONGEST = 500;

/** Percent-encoding that survives a lone surrogate, which encodeURIComponent refuses. */
const encode = (text: string): string => encodeURIComponent(text.slice(0, LONGEST).toWellFormed());

/** Tricks with a path's encoding, each of which must end at a route or at none. */
const pathTricks = [
  "%00",
  "%2e%2e%2f",
  "%2F",
  "%",
  "%zz",
  "%c0%ae",
  "%ed%a0%80",
  "..",
  ".",
  "%252e%252e",
  ";a=b",
  "*",
  "%E2%80%AE",
];

function drawPath(
  { random, known }: Source,
  { path }: OperationDefinition,
  parameters: readonly Parameter[],
  manner: Manner,
) {
  if (manner === "HOSTILE" && random.chance(0.15)) {
    return random.pick([
      "//[",
      "//evil.example/v1",
      "/",
      "/v1",
      `${path}/`,
      "/%",
      "/v1/hospital/..%2fagency",
      "/?",
      "/v1//hospital//visits",
    ]);
  }
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    if (manner !== "VALID" && random.chance(0.3)) {
      return random.chance(0.5) ? random.pick(pathTricks) : encode(random.pick(hostileStrings));
    }
    const example = parameters.find((each) => each.in === "path" && each.name === name)?.example;
    return encode(known.find(name, random) ?? (typeof example === "string" ? example : name));
  });
}

const tamper = ({ random }: Source, cursor: string): string =>
  random.pick([
    cursor.slice(1),
    `${cursor}A`,
    [...cursor].reverse().join(""),
    Buffer.from(hostileStrings[random.integer(0, hostileStrings.length - 1)] ?? "")
      .toString("base64url")
      .slice(0, 3_000),
  ]);

function drawQuery(source: Source, parameters: readonly Parameter[], manner: Manner): string {
  const { random, known } = source;
  const pairs = parameters
    .filter((each) => each.in === "query" && (each.required || random.chance(0.5)))
    .flatMap(({ name, schema, example }): [string, string][] => {
      if (name === "cursor") {
        const cursor = known.find("nextCursor", random) ?? "";
        if (cursor === "" && manner === "VALID") return [];
        return [[name, manner === "VALID" ? cursor : tamper(source, cursor)]];
      }
      const drawn = example ?? drawFromSchema(source, schema, name);
      const value = manner === "VALID" || random.chance(0.5) ? drawn : drawHostileValue(random);
      const pair: [string, string] = [name, typeof value === "string" ? value : JSON.stringify(value)];
      return manner !== "VALID" && random.chance(0.2) ? [pair, pair] : [pair];
    });
  if (manner === "HOSTILE" && random.chance(0.3))
    pairs.push([random.pick(hostileStrings).slice(0, 100), "1"]);
  if (pairs.length === 0) return manner === "HOSTILE" && random.chance(0.2) ? "?%&=&&%zz=%" : "";
  return `?${pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&")}`;
}

const OVERSIZED = [5_000_001, 10_000_001];

/**
 * What an example must have new in each request to be taken, such as a hospital's own number of a visit; and an
 * address for webhooks that no name must be looked up for.
 */
const renew = (text: string, serial: string): string =>
  text
    .replaceAll("his.example.org", "1.1.1.1")
    .replaceAll(/"(hospitalVisitNo|lineNo|receipt)":"(\w+)/g, `"$1":"$2${serial}`);

function drawBody(
  source: Source,
  operation: OpenapiOperation,
  manner: Manner,
  serial: string,
): string | undefined {
  const { random } = source;
  const stated = operation.requestBody?.content["application/json"];
  if (stated === undefined)
    return manner === "HOSTILE" && random.chance(0.3) ? random.pick(hostileTexts) : undefined;
  const valid = stated.example ?? examples[operation.operationId] ?? drawFromSchema(source, stated.schema);
  switch (manner) {
    case "VALID":
      return renew(JSON.stringify(valid), serial);
    case "NEARLY_VALID":
      return renew(JSON.stringify(mutate(valid, random)), serial);
    case "SCHEMA":
      return JSON.stringify(drawFromSchema(source, stated.schema));
    case "HOSTILE":
      if (random.chance(0.03)) return `"${"x".repeat(random.pick(OVERSIZED))}"`;
      return random.chance(0.5) ? random.pick(hostileTexts) : JSON.stringify(drawHostileValue(random));
  }
}

const badKeys = ["", " ", "a".repeat(65), "a b", "深".repeat(3), "../a", "a\u00e9", "#", "null"];

function drawKey({ random, known }: Source, manner: Manner, serial: string): string | undefined {
  if (manner === "VALID") return `fuzz-${serial}`;
  switch (random.integer(0, 9)) {
    case 0:
      return undefined;
    case 1:
      return Buffer.from(random.pick(badKeys)).toString("latin1");
    case 2:
      return known.find("key", random) ?? "fuzz-0";
    case 3:
      return `.:_-${serial}`.padEnd(64, "Z");
    default:
      return `fuzz-${serial}`;
  }
}

const contentTypes = [
  "text/plain",
  "application/xml",
  "multipart/form-data; boundary=a",
  "application/json; charset=utf-16",
  "",
  "a/b/c",
];

/** Draws a request for one operation: as its example has it, with something wrong, or with nothing right. */
export function drawRequest(
  source: Source,
  definition: OperationDefinition,
  operation: OpenapiOperation,
  tokenOf: (client: string) => string,
  serial: string,
): WireRequest {
  const { random } = source;
  const manner = random.pick(manners);
  const role = definition.roles[0];
  const client = random.chance(0.04) ? random.pick(EVERY_ROLE) : role;
  const token = random.chance(0.03)
    ? random.pick(["", "a.b.c", "null", `${tokenOf("agency")}x`])
    : tokenOf(client ?? "hospital");
  const key = definition.message ? drawKey(source, manner, serial) : undefined;
  const body = drawBody(source, operation, manner, serial);
  const method = random.chance(0.02)
    ? random.pick(["DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"])
    : definition.method;
  return {
    method,
    target:
      drawPath(source, definition, operation.parameters, manner) +
      drawQuery(source, operation.parameters, manner),
    headers: {
      ...(role === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { "idempotency-key": key }),
      "content-type": manner === "HOSTILE" ? random.pick(contentTypes) : "application/json",
    },
    body,
  };
}
