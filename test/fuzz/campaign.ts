import { makeOpenapi } from "../../functions/contract/openapi.ts";
import type { OpenapiOperation } from "../../functions/contract/openapi-document.ts";
import { operations } from "../../functions/contract/operations.ts";
import type { OperationContract } from "../../functions/kit/operation.ts";
import { makeSeededRandom } from "../../infra/demo/seeded-random.ts";
import { drawRequest, toGoodRequest, type WireRequest } from "./draw-request.ts";
import { type FuzzedService, operationAt } from "./fuzzed-service.ts";
import { makeGoodInput } from "./good-input.ts";
import { judge } from "./judge.ts";
import { type KnownValues, makeKnownValues } from "./known-values.ts";
import { manners } from "./manners.ts";
import { openVisits } from "./open-visits.ts";
import { sendWire, type WireAnswer } from "./send-wire.ts";

const document = makeOpenapi(operations);

export interface Finding {
  readonly index: number;
  readonly operation: string;
  readonly request: WireRequest;
  readonly fault: string;
}

export interface CampaignOutcome {
  readonly findings: readonly Finding[];
  /** How often each status was answered, by operation. */
  readonly statuses: ReadonlyMap<string, ReadonlyMap<number, number>>;
  readonly slowestMs: number;
}

function contracted({ path, method, id }: OperationContract): OpenapiOperation {
  const found = Object.entries(document.paths[path] ?? {}).find(
    ([name]) => name === method.toLowerCase(),
  )?.[1];
  if (found === undefined) throw new Error(`${id} is not in the document`);
  return found;
}

function learnFrom(known: KnownValues, { headers, body }: WireAnswer): void {
  if (headers["content-type"]?.includes("json") === true) known.learn(JSON.parse(body));
}

/** Requests after which there are new visits to be discharged, settled and reversed. */
const STOCKED_EVERY = 100;

/** So many requests meet every operation in every manner. */
export const ROUND = operations.length * manners.length;

/** The share of requests before and after which everything stored is compared: it costs more than the request. */
const WATCHED = 0.15;

/**
 * Sends so many requests, one after another. They follow from the seed and from the ids in the answers, which differ
 * from run to run; a finding therefore shows its request whole.
 */
export async function runCampaign(
  service: FuzzedService,
  options: { readonly seed: number; readonly requests: number; readonly report?: (done: number) => void },
): Promise<CampaignOutcome> {
  const random = makeSeededRandom(options.seed);
  const known = makeKnownValues();
  const source = { document, random, known };
  const findings: Finding[] = [];
  const statuses = new Map<string, Map<number, number>>();
  let slowestMs = 0;
  for (let index = 0; index < options.requests; index += 1) {
    if (index % STOCKED_EVERY === 0) await openVisits(service, known);
    const definition = operationAt(index);
    const serial = `${options.seed}x${index}`;
    const manner = manners[Math.floor(index / operations.length) % manners.length] ?? "VALID";
    const occasion = { tokenOf: service.token, serial };
    const request =
      manner === "VALID"
        ? toGoodRequest(definition, await makeGoodInput(service, definition), occasion)
        : drawRequest(source, definition, contracted(definition), { ...occasion, manner });
    const { id: operation } = definition;
    const found = (fault: string): void => {
      findings.push({ index, operation, request, fault });
    };
    const before = request.method !== "GET" && random.chance(WATCHED) ? await service.dump() : undefined;
    const answer = await sendWire(service.url, request).catch((error: Error) => error);
    options.report?.(index + 1);
    if (answer instanceof Error) {
      found(`no answer: ${answer.message}`);
      continue;
    }
    slowestMs = Math.max(slowestMs, answer.durationMs);
    const counts = statuses.get(operation) ?? new Map<number, number>();
    statuses.set(operation, counts.set(answer.statusCode, (counts.get(answer.statusCode) ?? 0) + 1));
    const fault = judge(request, answer);
    if (fault !== undefined) found(fault);
    const isRefused = answer.statusCode >= 400;
    if (isRefused && manner === "VALID") found(`was refused, with nothing wrong: ${answer.body}`);
    if (isRefused && before !== undefined && (await service.dump()) !== before) {
      found("was refused, and changed what is stored");
    }
    if (!isRefused && definition.audience !== "public") learnFrom(known, answer);
  }
  return { findings, statuses, slowestMs };
}
