import type { OpenapiOperation, Parameter } from "../../functions/contract/openapi-document.ts";
import type { OperationContract } from "../../functions/kit/operation.ts";
import { forgeCursor, forgeId, periodEdges } from "./forged-values.ts";
import { drawHostileValue, hostileStrings } from "./hostile-values.ts";
import type { Manner } from "./manners.ts";
import { drawFromSchema, type Source } from "./schema-value.ts";

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

const strangePaths = (path: string): readonly string[] => [
  "//[",
  "//evil.example/v1",
  "/",
  "/v1",
  `${path}/`,
  "/%",
  "/v1/hospital/..%2fagency",
  "/?",
  "/v1//hospital//visits",
];

function drawPath(
  { random, known }: Source,
  { path }: OperationContract,
  parameters: readonly Parameter[],
  manner: Manner,
): string {
  if (manner === "HOSTILE" && random.chance(0.15)) return random.pick(strangePaths(path));
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    if (manner === "FORGED") return encode(forgeId(name, random));
    if (manner !== "WRONG_CALLER" && random.chance(0.3)) {
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

type Pair = readonly [name: string, value: string];

/** A parameter as its schema has it, or as nothing has it. */
function drawPair(source: Source, { name, schema, example }: Parameter, manner: Manner): readonly Pair[] {
  const { random, known } = source;
  if (name === "cursor" || name === "after") {
    const learnt = known.find(name === "cursor" ? "nextCursor" : "next", random) ?? "";
    return [[name, manner === "FORGED" ? forgeCursor(random) : tamper(source, learnt)]];
  }
  const isDay = name === "from" || name === "to";
  const drawn =
    manner === "FORGED" && isDay
      ? random.pick(periodEdges)
      : (example ?? drawFromSchema(source, schema, name));
  const value = manner === "FORGED" || random.chance(0.5) ? drawn : drawHostileValue(random);
  const pair: Pair = [name, typeof value === "string" ? value : JSON.stringify(value)];
  return manner !== "FORGED" && random.chance(0.2) ? [pair, pair] : [pair];
}

/** Mostly both ends of a period are one day, so that it is none that is refused for its length. */
function toOneDay(pairs: readonly Pair[], { random }: Source): readonly Pair[] {
  const day = pairs.find(([name]) => name === "from")?.[1];
  if (day === undefined || random.chance(0.25)) return pairs;
  return pairs.map((pair) => (pair[0] === "to" ? ["to", day] : pair));
}

const toQuery = (pairs: readonly Pair[]): string =>
  pairs.length === 0 ? "" : `?${pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&")}`;

function drawQuery(source: Source, operation: OpenapiOperation, manner: Manner): string {
  const { random } = source;
  const pairs = operation.parameters
    .filter((each) => each.in === "query")
    .filter(({ required }) => required || random.chance(manner === "FORGED" ? 0.3 : 0.5))
    .flatMap((each) => drawPair(source, each, manner));
  if (manner === "FORGED") return toQuery(toOneDay(pairs, source));
  // What takes no body has little else that can be wrong.
  const isExtra = manner === "HOSTILE" && (operation.requestBody === undefined || random.chance(0.3));
  if (!isExtra) return toQuery(pairs);
  if (random.chance(0.1)) return "?%&=&&%zz=%";
  return toQuery([...pairs, [random.pick(hostileStrings).slice(0, 100), "1"]]);
}

/** Path and query of a request that has nothing wrong with them. */
export const toTarget = (
  path: string,
  params: Readonly<Record<string, string>>,
  query: readonly Pair[],
): string =>
  path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encode(params[name] ?? "")) + toQuery(query);

/** Path and query of a request, with what its manner puts wrong. */
export const drawTarget = (
  source: Source,
  definition: OperationContract,
  operation: OpenapiOperation,
  manner: Manner,
): string =>
  drawPath(source, definition, operation.parameters, manner) + drawQuery(source, operation, manner);
