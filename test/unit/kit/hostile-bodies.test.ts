import { beforeAll, describe, expect, it } from "vitest";
import { makeOpenapi } from "../../../functions/contract/openapi.ts";
import { operations } from "../../../functions/contract/operations.ts";
import { bindAll as bindAgency } from "../../../functions/entry/agency-routes.ts";
import { bindAll as bindAuditor } from "../../../functions/entry/auditor-routes.ts";
import { bindAll as bindEnterprise } from "../../../functions/entry/enterprise-routes.ts";
import { bindAll as bindFinance } from "../../../functions/entry/finance-routes.ts";
import { bindAll as bindHospital } from "../../../functions/entry/hospital-routes.ts";
import { bindAll as bindPublic } from "../../../functions/entry/public-routes.ts";
import { makeApiHandler } from "../../../functions/kit/api-handler.ts";
import type { BoundOperation } from "../../../functions/kit/bind.ts";
import { bodyLimitOf, type OperationContract } from "../../../functions/kit/operation.ts";
import { makeServices } from "../../../functions/kit/services.ts";
import { readConfig } from "../../../shared/config.ts";
import { standardClaimNames } from "../../../shared/http/caller.ts";
import { fullAdvice } from "../../../shared/http/full-advice.ts";
import { makeLogger } from "../../../shared/observability/logger.ts";
import { contextOf, findOperation, toEvent } from "../../support/api-event.ts";
import { fillingBodies, fullBodies, strangeBodies } from "../../support/hostile-bodies.ts";
import { testPersonServices } from "../../support/test-keys.ts";

// Nothing listens there: what is accepted ends as busy.
const config = readConfig({ DYNAMODB_ENDPOINT: "http://127.0.0.1:9", AWS_REGION: "local" });
const services = { ...makeServices(config), ...testPersonServices };

const bound: readonly BoundOperation[] = [
  ...bindHospital(services),
  ...bindEnterprise(services),
  ...bindFinance(services),
  ...bindAgency(services),
  ...bindAuditor(services),
  ...bindPublic(makeOpenapi(operations)),
];

const handler = makeApiHandler(
  bound,
  {
    logger: makeLogger("ERROR", () => undefined),
    access: {
      claimNames: standardClaimNames,
      checkInstitution: async () => undefined,
      takeRequest: () => undefined,
      hashContent: (content) => content,
    },
  },
  async ({ outcome }) => outcome,
  fullAdvice,
);

const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

/** Processor time of a piece of work that is always the same. */
function referenceMs(): number {
  const text = `[${"[0,1.5],".repeat(360_000)}0]`;
  const before = cpuMs();
  JSON.parse(text);
  return cpuMs() - before;
}

/** What any one request may cost that is refused, where the piece of work takes REFERENCE_MS (docs/security.md). */
const LIMIT_MS = 200;
const REFERENCE_MS = 100;
let limitMs = LIMIT_MS;
beforeAll(() => {
  const [, middle = 0] = [referenceMs(), referenceMs(), referenceMs()].sort((a, b) => a - b);
  limitMs = LIMIT_MS * Math.max(1, middle / REFERENCE_MS);
});

async function sendOnce(definition: OperationContract, sent: Parameters<typeof toEvent>[1]) {
  const event = toEvent(definition, sent);
  const before = cpuMs();
  const { statusCode, body } = await handler(event, contextOf(29_000));
  return { statusCode, body, spentMs: cpuMs() - before };
}

const MAX_SENDS = 3;

/** Beside other tests the same work takes more processor time at one moment than at another: the least of some counts. */
async function send(definition: OperationContract, sent: Parameters<typeof toEvent>[1]) {
  let best = await sendOnce(definition, sent);
  for (let sends = 1; sends < MAX_SENDS && best.spentMs >= limitMs; sends += 1) {
    const next = await sendOnce(definition, sent);
    if (next.spentMs < best.spentMs) best = next;
  }
  return best;
}

const withBody = operations.filter((definition) => bodyLimitOf(definition) > 0);
const withoutBody = operations.filter((definition) => bodyLimitOf(definition) === 0);
const codeOf = (body: string): unknown => JSON.parse(body).code;
const largeBodies = Object.entries(strangeBodies(4_900_000));

describe("whatever is sent is refused within the limit of processor time:", () => {
  it.each(withBody.map(({ id }) => id))("%s, its body as full as it may be", async (id) => {
    const definition = findOperation(id);
    const bytes = bodyLimitOf(definition) - 10;
    for (const [name, text] of [
      ...Object.entries(strangeBodies(bytes)),
      ...Object.entries(fullBodies(bytes)),
      ...fillingBodies(definition, bytes),
    ]) {
      const { statusCode, spentMs } = await send(definition, { text });
      expect([name, statusCode >= 400 && statusCode < 500]).toEqual([name, true]);
      expect(spentMs, name).toBeLessThan(limitMs);
    }
  });

  it.each(withBody.map(({ id }) => id))("%s, its body of 4.9 MB", async (id) => {
    for (const [name, text] of largeBodies) {
      const { statusCode, body, spentMs } = await send(findOperation(id), { text });
      expect([name, statusCode, codeOf(body)]).toEqual([name, 413, "PAYLOAD_TOO_LARGE"]);
      expect(spentMs, name).toBeLessThan(limitMs);
    }
  });

  it.each(withoutBody.map(({ id }) => id))("%s, which takes no body, unread", async (id) => {
    for (const text of ["{}", "\uFFFD", ...largeBodies.map(([, large]) => large)]) {
      const { statusCode, body, spentMs } = await send(findOperation(id), { text });
      expect([statusCode, codeOf(body)]).toEqual([400, "BODY_NOT_TAKEN"]);
      expect(spentMs).toBeLessThan(limitMs);
    }
  });
});

describe("a body that is not UTF-8", () => {
  const gbk = Buffer.concat([
    Buffer.from('{"name":"'),
    Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]),
    Buffer.from('"}'),
  ]);
  const bodies: readonly (readonly [string, Buffer])[] = [
    ["GBK", gbk],
    ["UTF-16", Buffer.from('\uFEFF{"name":"\u5f20"}', "utf16le")],
    ["a character that is cut off", Buffer.from('{"name":"\u5f20"}').subarray(0, 11)],
    [
      "an overlong form",
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
    ],
    [
      "half a character",
      Buffer.concat([Buffer.from('"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"')]),
    ],
    ["a lone continuation", Buffer.from([0x22, 0x80, 0x22])],
    [
      "above the last character",
      Buffer.concat([Buffer.from('"'), Buffer.from([0xf4, 0x90, 0x80, 0x80, 0x22])]),
    ],
  ];
  it.each(bodies)(
    "is refused as such by every operation that takes one, as text and in base64: %s",
    async (_what, bytes) => {
      for (const definition of withBody) {
        for (const encoding of ["utf8", "base64"] as const) {
          const event = toEvent(definition, { text: bytes.toString(encoding) });
          const sent = { ...event, isBase64Encoded: encoding === "base64" };
          const { statusCode, body } = await handler(sent, contextOf(29_000));
          expect([definition.id, statusCode, codeOf(body)]).toEqual([definition.id, 400, "BODY_NOT_UTF8"]);
        }
      }
    },
  );

  it("is told from one that begins with a byte order mark, which is passed over", async () => {
    const definition = findOperation("check-eligibility");
    const { statusCode, body } = await send(definition, { text: '\uFEFF{"surprise":1}' });
    expect([statusCode, codeOf(body)]).toEqual([422, "INPUT_INVALID"]);
  });

  it.each(["query", "params"] as const)("in %s is a fault of the place where it stands", async (place) => {
    const definition = findOperation("get-visit");
    const given = { params: { visitId: "V1" }, [place]: { visitId: "\uFFFD\uFFFD" } };
    const { statusCode, body } = await send(definition, given);
    const pointer = place === "params" ? "#path/visitId" : "#query/visitId";
    expect([statusCode, JSON.parse(body).errors]).toMatchObject([422, [{ pointer, code: "NOT_UTF8" }]]);
  });
});
