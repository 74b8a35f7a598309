import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeLocalClient, tokenOf } from "../../support/local-client.ts";
import { type LocalService, startLocalService } from "../../support/local-service.ts";
import { startLosingGateway } from "../../support/losing-gateway.ts";

const run = promisify(execFile);
const examples = join(import.meta.dirname, "../../../examples");

interface Example {
  readonly language: string;
  readonly command: string;
  readonly file: string;
  /** What it needs of this machine, with the words that ask for its version. */
  readonly tools: readonly (readonly [command: string, ...asked: string[]])[];
}

const programs: readonly Example[] = [
  {
    language: "curl",
    command: "sh",
    file: "first-bill.sh",
    tools: [
      ["sh", "-c", ":"],
      ["curl", "--version"],
    ],
  },
  { language: "TypeScript", command: process.execPath, file: "first-bill.ts", tools: [] },
  { language: "Java", command: "java", file: "FirstBill.java", tools: [["java", "-version"]] },
  { language: "Python", command: "python3", file: "first_bill.py", tools: [["python3", "--version"]] },
];

const isHere = ([command, ...asked]: Example["tools"][number]): boolean =>
  spawnSync(command, asked).status === 0;

let service: LocalService;
beforeAll(async () => {
  service = await startLocalService({ dataDir: "memory", loadDemoData: true });
});
afterAll(() => service.stop());

describe.each(programs)("a hospital's first bill in $language", ({ language, command, file, tools }) => {
  const missing = tools.filter((tool) => !isHere(tool)).map(([tool]) => tool);
  const word = missing.length === 0 ? "" : ` (skipped: ${missing.join(", ")} is not on this machine)`;

  const start = async (url: string, visitNo: string): Promise<string> => {
    const env = { ...process.env, SERVICE_URL: url, VISIT_NO: visitNo, PYTHONIOENCODING: "utf-8" };
    const { stdout } = await run(command, [join(examples, file)], { env });
    return stdout;
  };

  const findVisits = async (visitNo: string) => {
    const client = makeLocalClient(service.url, await tokenOf(service.url, "demo-hospital"));
    const found = await client.send("GET", `/v1/hospital/visits?hospitalVisitNo=${visitNo}`);
    return found?.body.items;
  };

  test.skipIf(missing.length > 0)(
    `is settled once, whatever gets lost on the way, and once only when it is run again${word}`,
    async () => {
      const visitNo = `FIRST-${language}`;
      const gateway = await startLosingGateway(service.url, {
        "/oauth/token": "BROKEN",
        "/v1/hospital/visits": "LOST",
        "/charges": "BUSY",
        "/settlements": "LOST",
      });
      try {
        const printed = await start(gateway.url, visitNo);
        expect(printed).toContain("the same answer, byte for byte");
        expect(printed).toMatch(/settlement: \S+ total 46\.50 fund 15\.00 personal 30\.00\n$/);
        const ofSettlement = gateway.sent.filter(({ path }) => path.endsWith("/settlements"));
        expect(ofSettlement.length).toBe(3);
        for (const end of ["/visits", "/charges", "/settlements"]) {
          const sent = gateway.sent.filter(({ path }) => path.endsWith(end));
          expect(sent.length).toBeGreaterThan(1);
          expect(new Set(sent.map(({ key, body }) => `${key} ${body}`)).size).toBe(1);
          expect(sent[0]?.key).toBeDefined();
        }
        const [visit, ...others] = await findVisits(visitNo);
        expect(visit).toMatchObject({ hospitalVisitNo: visitNo, status: "SETTLED" });
        expect(others).toEqual([]);

        expect((await start(service.url, visitNo)).split("\n").at(-2)).toBe(printed.split("\n").at(-2));
        expect(await findVisits(visitNo)).toEqual([visit]);
      } finally {
        await gateway.stop();
      }
    },
  );

  test.skipIf(missing.length > 0)(
    `stops at a refusal, which it shows, and does not repeat it${word}`,
    async () => {
      const gateway = await startLosingGateway(service.url, { "/eligibility-checks": "WAIT" });
      try {
        const refused = start(gateway.url, "N".repeat(65));
        await expect(refused).rejects.toThrow(/refused: 4\d\d .*"code":"/s);
        const last = gateway.sent.at(-1);
        expect(gateway.sent.filter(({ path }) => path === last?.path).length).toBeLessThanOrEqual(2);
      } finally {
        await gateway.stop();
      }
    },
  );
});
