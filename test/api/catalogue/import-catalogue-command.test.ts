import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runService, type Service } from "../../../infra/local/run-service.ts";
import { runImportCommand } from "../../../infra/tools/catalogue/import-command.ts";
import { registryKeys } from "../../../shared/store/kit/keys.ts";

const HEADER =
  "item_code,name,kind,unit,from,to,medical,rehabilitation,restricted,cap_tier1,cap_tier2,cap_tier3," +
  "max_per_day,max_per_visit,fund_ratio,ratio_remainder_bearer,over_cap_bearer";
const rowOf = (code: string, from = "2024-01-01", to = ""): string =>
  `${code},换药,SERVICE,次,${from},${to},true,false,false,10,11,12.5,,,,,`;

/** A call on its way to the service, as the stand-in between sees it. */
interface Passing {
  readonly path: string;
  readonly key: string | undefined;
  readonly authorization: string | undefined;
  readonly items: readonly { readonly itemCode: string }[];
}
/** What the stand-in does with the next call: nothing, answer itself, or lose the service's answer. */
type Trick = { readonly status: number; readonly body: unknown } | "LOSE_ANSWER" | "LOSE_CALL";

const folder = mkdtempSync(join(tmpdir(), "import-catalogue-"));
const passing: Passing[] = [];
let tricks: Trick[] = [];
let service: Service;
let engine = "";
let url = "";
let fileNumber = 0;

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const names = ["authorization", "content-type", "idempotency-key"];
  return Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
}

/** Hands every request on to the service, unless a trick is left for a call of the API. */
async function handOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await readAll(request);
  const path = request.url ?? "";
  const headers = headersOf(request);
  const isCall = path.startsWith("/v1/");
  const { items } = isCall ? JSON.parse(text) : { items: [] };
  passing.push({ path, key: headers["idempotency-key"], authorization: headers.authorization, items });
  // What the importer asks before it imports is handed on as it is.
  const trick = path === "/v1/agency/catalogue-items" ? tricks.shift() : undefined;
  if (trick === "LOSE_CALL") {
    response.destroy();
    return;
  }
  if (typeof trick === "object") {
    response.writeHead(trick.status, { "content-type": "application/problem+json" });
    response.end(JSON.stringify(trick.body));
    return;
  }
  const answer = await fetch(`${service.url}${path}`, { method: "POST", headers, body: text });
  const answerText = await answer.text();
  if (trick === "LOSE_ANSWER") {
    response.destroy();
    return;
  }
  const replayed = answer.headers.get("idempotency-replayed");
  response.writeHead(answer.status, {
    "content-type": answer.headers.get("content-type") ?? "",
    ...(replayed === null ? {} : { "idempotency-replayed": replayed }),
  });
  response.end(answerText);
}

const standIn = createServer((request, response) => {
  handOn(request, response).catch(() => response.destroy());
});

async function listen(): Promise<string> {
  standIn.listen(0, "127.0.0.1");
  await once(standIn, "listening");
  const address = standIn.address();
  return typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "";
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

beforeAll(async () => {
  service = await runService({
    host: "127.0.0.1",
    port: await freePort(),
    dataDir: "memory",
    endpoint: undefined,
    loadDemoData: false,
    hasOpenEngine: true,
    report: (step, detail) => {
      if (step === "ENGINE") engine = detail;
    },
  });
  url = await listen();
}, 60_000);

afterAll(async () => {
  standIn.close();
  standIn.closeAllConnections();
  await service.stop();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  passing.length = 0;
});

afterEach(() => {
  expect(tricks).toEqual([]);
});

function writeRows(...rows: readonly string[]): string {
  fileNumber += 1;
  const file = join(folder, `${fileNumber}.csv`);
  writeFileSync(file, [HEADER, ...rows, ""].join("\n"));
  return file;
}

interface Finished {
  readonly code: number | null;
  readonly output: string;
}

type Env = Readonly<Record<string, string>>;
const envOf = (env: Env) => ({ ...process.env, SERVICE_URL: url, ...env });

/** The command as this process has it loaded. That its own process does the same is a test below. */
async function run(args: readonly string[], env: Env = {}): Promise<Finished> {
  let output = "";
  const take = (line: string): void => {
    output += `${line}\n`;
  };
  const code = await runImportCommand(args, envOf(env), take, take);
  return { code, output };
}

interface FinishedProcess extends Finished {
  /** What of the output is complaint. */
  readonly errors: string;
}

async function runProcess(args: readonly string[], env: Env = {}): Promise<FinishedProcess> {
  const child = spawn(process.execPath, ["infra/tools/import-catalogue.ts", ...args], {
    env: envOf(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const [code] = await once(child, "close");
  return { code, output: output + errors, errors };
}

const importCalls = (): Passing[] => passing.filter(({ path }) => path === "/v1/agency/catalogue-items");
const tokenRequests = (): Passing[] => passing.filter(({ path }) => path === "/oauth/token");

/** The periods of an item as the service keeps it; undefined where it has none such. */
async function storedPeriods(itemCode: string): Promise<readonly { from: string }[] | undefined> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: engine }));
  const { Item } = await client.send(
    new GetCommand({ TableName: "Registry", Key: registryKeys.catalogueItem(itemCode) }),
  );
  return Item?.periods;
}

const problem = (status: number, code: string, others: object = {}): Trick => ({
  status,
  body: { type: `urn:problem:${code}`, title: code, status, code, retryable: false, errors: [], ...others },
});

describe("an import", () => {
  test("states every item with all its periods, 500 items a call, and exits with 0", async () => {
    const codes = Array.from({ length: 1_100 }, (_, index) => `FULL${index}`);
    const earlier = codes.map((code) => rowOf(code, "2023-01-01", "2023-12-31"));
    const { code, output } = await runProcess([writeRows(...earlier, ...codes.map((each) => rowOf(each)))]);
    expect([code, importCalls().map(({ items }) => items.length)]).toEqual([0, [500, 500, 100]]);
    expect(output).toContain("imported 1100");
    const periods = await storedPeriods("FULL1099");
    expect(periods?.map(({ from }) => from)).toEqual(["2023-01-01", "2024-01-01"]);
  });

  test("that is started again repeats the same messages, and says that nothing changed", async () => {
    const file = writeRows(rowOf("AGAIN1"), rowOf("AGAIN2").replace("10,11,12.5", "0,0,0"));
    const first = await run([file, "--accept-warnings"]);
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining("imported 2") });
    const second = await run([file]);
    expect(second.code).toBe(0);
    expect(second.output).toContain("没有变化：这 2 项已按文件登记，本次没有改变什么");
    expect(second.output).toContain("nothing changed: all 2 items stand as the file states them");
    expect(second.output).not.toMatch(/imported|CAP_ZERO/);
    expect(new Set(importCalls().map(({ key }) => key)).size).toBe(1);
    expect((await run([file, "--check"])).output).toContain("nothing would change");
  });

  test("that is started again after its items were changed says that it wrote nothing, and how to", async () => {
    const file = writeRows(rowOf("SINCE1"), rowOf("SINCE2"));
    await run([file]);
    await run([writeRows(rowOf("SINCE1").replace("10,11,12.5", "10,11,13")), "--accept-warnings"]);
    const { code, output } = await run([file, "--accept-warnings"]);
    expect(code).toBe(0);
    expect(output).toContain("nothing was written: all of the file had been imported before");
    expect(output).toMatch(
      /1 of the items had been imported like this before, and were changed since.*--label/,
    );
    expect(output).not.toMatch(/nothing changed|imported \d/);
  });

  test("tells its totals once, after the service was asked, with what the service refuses", async () => {
    await run([writeRows(rowOf("ONCE1", "2024-01-01", "2024-12-31"))]);
    const file = writeRows(
      rowOf("ONCE1", "2024-03-01", "2024-03-31"),
      rowOf("ONCE2"),
      rowOf("ONCE3").replace("SERVICE", "?"),
    );
    const { output } = await run([file]);
    const lines = output.split("\n").slice(1, 3);
    expect(lines).toEqual([
      "  3 行 · rows：1 项可导入 · items to import, 2 行被拒绝 · rows rejected",
      "  新增 · new 1, 有变化 · changed 0, 无变化 · unchanged 0",
    ]);
    expect(output.match(/行被拒绝/g)).toHaveLength(1);
    expect(output).toContain("import that one");
  });

  test("under another label states the same content again, over what was stated since", async () => {
    const [old, changed] = [writeRows(rowOf("BACK1")), writeRows(rowOf("BACK1", "2026-01-01"))];
    for (const file of [old, changed])
      expect(await run([file, "--accept-warnings"])).toMatchObject({ code: 0 });
    const longer = writeRows(rowOf("BACK1", "2024-01-01", "2025-06-30"));
    await run([longer, "--accept-warnings"]);
    await run([changed, "--accept-warnings", "--label", "again"]);
    expect(await storedPeriods("BACK1")).toMatchObject([
      { from: "2024-01-01", to: "2025-06-30" },
      { from: "2026-01-01", to: null },
    ]);
    await run([old, "--accept-warnings", "--label", "back to the old one"]);
    expect(await storedPeriods("BACK1")).toMatchObject([
      { from: "2024-01-01", to: "2025-12-31" },
      { from: "2026-01-01", to: null },
    ]);
  });

  test("with bad rows imports all other items, writes the bad ones, and exits with 1", async () => {
    const file = writeRows(rowOf("PART1"), rowOf("PART2"), rowOf("PART2", "2023-01-01", "2022-01-01"));
    const { code, output } = await run([file]);
    expect(code).toBe(1);
    expect(output).toMatch(/to PERIOD_ENDS_BEFORE_IT_STARTS（1 行 · rows）\n.*\n.*row 4: "2022-01-01"/);
    expect([await storedPeriods("PART1"), await storedPeriods("PART2")]).toEqual([
      [expect.anything()],
      undefined,
    ]);
    const report = readFileSync(`${file}.rejected.csv`, "utf8");
    expect(report).toMatch(/\r\n3,item_code,ITEM_REJECTED,.*\r\n4,to,PERIOD_ENDS_BEFORE_IT_STARTS,/);

    writeFileSync(file, report.replace("2022-01-01", "2023-12-31"));
    expect(await run([file])).toMatchObject({ code: 0 });
    expect(await storedPeriods("PART2")).toHaveLength(2);
    expect(existsSync(`${file}.rejected.csv`)).toBe(false);
  });

  test("writes the bad rows where it is told to, and never over the catalogue", async () => {
    const file = writeRows(rowOf("WHERE1").replace("SERVICE", "?"));
    const elsewhere = join(folder, "elsewhere.csv");
    expect(await run([file, "--rejected", elsewhere])).toMatchObject({ code: 1 });
    expect(readFileSync(elsewhere, "utf8")).toContain("2,kind,NOT_ALLOWED,");
    expect(await run([file, "--rejected", file])).toMatchObject({ code: 2 });
  });

  test("that is only a check asks what would change and imports nothing", async () => {
    const { code, output } = await run([writeRows(rowOf("CHECK1")), "--check"]);
    expect([code, output]).toEqual([0, expect.stringContaining("new 1, 有变化 · changed 0")]);
    expect(importCalls()).toEqual([]);
    expect(await storedPeriods("CHECK1")).toBeUndefined();
  });

  test("that is only a check judges the file also where no service answers, and says so", async () => {
    const SERVICE_URL = `http://127.0.0.1:${await freePort()}`;
    const zero = rowOf("CHECK2").replace("10,11,12.5", "0,0,0");
    const { code, output } = await run([writeRows(zero), "--check"], { SERVICE_URL });
    expect(output).toContain("the service could not be asked");
    expect([code, output]).toEqual([2, expect.stringMatching(/CAP_ZERO .*\n +CHECK2（第 2 行 · row 2）/)]);
    for (const rows of [[rowOf("CHECK3")], [rowOf("CHECK3"), rowOf("CHECK4").replace("SERVICE", "?")]])
      expect(await run([writeRows(...rows), "--check"], { SERVICE_URL })).toMatchObject({ code: 2 });
  });

  test("that is only a check tells by its exit code of rows that would be rejected, and of warnings", async () => {
    expect(
      await run([writeRows(rowOf("CHECK5"), rowOf("CHECK6").replace("SERVICE", "?")), "--check"]),
    ).toMatchObject({ code: 1 });
    const zero = rowOf("CHECK7").replace("10,11,12.5", "0,0,0");
    expect(await run([writeRows(zero), "--check"])).toMatchObject({ code: 3 });
  });

  test.each<[string, string, string, string]>([
    ["a cap of 0", "0,0,0", "CAP_ZERO", "0"],
    ["ten times the cap of before", "100,110,125", "CAP_TEN_TIMES", "100/110/125"],
    ["a tenth of it", "1,1.1,1.25", "CAP_A_TENTH", "1/1.1/1.25"],
    ["no cap where there was one", ",,", "CAP_REMOVED", "无 · none"],
    ["another price on days that have come", "10.5,11,12.5", "PAST_DAYS_REPRICED", "10.5/11/12.5"],
  ])(
    "of %s is warned of with the caps before and now, and sent only where that is accepted",
    async (_what, caps, code, now) => {
      const itemCode = `WARN.${code}`;
      await run([writeRows(rowOf(itemCode))]);
      passing.length = 0;
      const file = writeRows(rowOf(itemCode).replace("10,11,12.5", caps));
      const warned = await run([file]);
      const told = `${code} [\\s\\S]*?${itemCode}（第 2 行 · row 2）.*cap before 10/11/12.5，新上限 · cap now ${now}\n`;
      expect(warned).toMatchObject({ code: 3, output: expect.stringMatching(new RegExp(told)) });
      expect(warned.output).toContain("--accept-warnings");
      expect(importCalls()).toEqual([]);
      expect(await run([file, "--accept-warnings"])).toMatchObject({ code: 0 });
      expect(importCalls()).toHaveLength(1);
    },
  );

  test("of a code that looks like one the service has is warned of", async () => {
    await run([writeRows(rowOf("W10Z"))]);
    for (const itemCode of ["W1OZ", "00W10Z"]) {
      const { code, output } = await run([writeRows(rowOf(itemCode))]);
      expect([code, output]).toEqual([3, expect.stringContaining(`${itemCode} ~ W10Z（第 2 行 · row 2）`)]);
    }
  });

  test("that would cut a closed period short rejects its row before anything is sent", async () => {
    await run([writeRows(rowOf("CUT1", "2024-01-01", "2024-12-31"))]);
    passing.length = 0;
    const file = writeRows(rowOf("CUT2"), rowOf("CUT1", "2024-03-01", "2024-03-31"));
    const { code, output } = await run([file]);
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(
        /from PERIOD_OVERLAPS_ANOTHER（1 行 · rows）\n.*再写一行.*\n.*row 3: "2024-03-01"/,
      ),
    ]);
    expect(importCalls().map(({ items }) => items.map(({ itemCode }) => itemCode))).toEqual([["CUT2"]]);
  });

  test("goes on where the service does not know previews, and says so", async () => {
    const strange = createServer((request, response) => {
      if (request.url?.endsWith("/preview") !== true) {
        handOn(request, response).catch(() => response.destroy());
        return;
      }
      response.writeHead(404, { "content-type": "application/problem+json" });
      response.end(
        JSON.stringify({ code: "ROUTE_NOT_FOUND", title: "?", status: 404, retryable: false, errors: [] }),
      );
    }).listen(0, "127.0.0.1");
    await once(strange, "listening");
    const address = strange.address();
    const SERVICE_URL = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    const { code, output } = await run([writeRows(rowOf("OLD1"))], { SERVICE_URL });
    strange.closeAllConnections();
    strange.close();
    expect([code, output]).toEqual([0, expect.stringContaining("could not tell of all items")]);
    expect(await storedPeriods("OLD1")).toHaveLength(1);
  });

  test("lays what the service refuses at its rows, and sends the rest of the call again", async () => {
    tricks = [
      problem(422, "INPUT_INVALID", {
        errors: [{ pointer: "/items/1/periods/1/caps/2", code: "OUT_OF_RANGE" }],
      }),
    ];
    const file = writeRows(
      rowOf("REF1"),
      rowOf("REF2", "2023-01-01", "2023-12-31"),
      rowOf("REF3"),
      rowOf("REF2"),
    );
    const { code, output } = await run([file]);
    expect(code).toBe(1);
    expect(output).toMatch(/cap_tier2 OUT_OF_RANGE（1 行 · rows）\n.*\n.*row 5: "11"/);
    expect(output).toMatch(/item_code ITEM_REJECTED（1 行 · rows）\n.*\n.*row 3: "REF2"（见第 5 行/);
    const sent = importCalls().map(({ items }) => items.map(({ itemCode }) => itemCode));
    expect(sent).toEqual([
      ["REF1", "REF2", "REF3"],
      ["REF1", "REF3"],
    ]);
  });

  test("halves a call that is too large for the service", async () => {
    tricks = [problem(413, "PAYLOAD_TOO_LARGE")];
    const file = writeRows(...["L1", "L2", "L3"].map((each) => rowOf(each)));
    expect(await run([file])).toMatchObject({ code: 0 });
    expect(importCalls().map(({ items }) => items.length)).toEqual([3, 2, 1]);
  });

  test("stops at a refusal that is about no item, and says what was imported", async () => {
    tricks = [problem(403, "FORBIDDEN")];
    const { code, output } = await run([writeRows(rowOf("NO1"))]);
    expect(code).toBe(2);
    expect(output).toMatch(
      /nothing was imported: .*403 FORBIDDEN[\s\S]*only a client of the agency may import/,
    );
    expect(output).not.toContain("已导入 · imported");
  });
});

test("sixty thousand items are read and judged in one go", async () => {
  const file = writeRows(...Array.from({ length: 60_000 }, (_, index) => rowOf(`MANY${index}`)));
  const { code, output } = await runProcess([file, "--check"]);
  expect([code, output]).toEqual([0, expect.stringContaining("60000 项可导入")]);
});

describe("a call that is not answered for good", () => {
  test.each<[string, Trick]>([
    ["lost before the service had it", "LOSE_CALL"],
    ["lost after it took effect", "LOSE_ANSWER"],
    ["met with a retryable answer", problem(503, "BUSY", { retryable: true })],
    ["met with a gateway's own answer", { status: 502, body: { message: "Bad Gateway" } }],
  ])("because it was %s is sent again with the same key", async (what, trick) => {
    tricks = [trick];
    const itemCode = `LOST.${what.replaceAll(/\W/g, "").toUpperCase()}`;
    expect(await run([writeRows(rowOf(itemCode))])).toMatchObject({ code: 0 });
    const keys = importCalls().map(({ key }) => key);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    expect(await storedPeriods(itemCode)).toHaveLength(1);
  });

  test("because its token has expired is sent again with a new one", async () => {
    tricks = [problem(401, "UNAUTHENTICATED")];
    expect(await run([writeRows(rowOf("TOKEN1"))])).toMatchObject({ code: 0 });
    expect(tokenRequests()).toHaveLength(2);
    expect(new Set(importCalls().map(({ key }) => key)).size).toBe(1);
  });

  test("because its token is never accepted ends the import", async () => {
    tricks = [problem(401, "UNAUTHENTICATED"), problem(401, "UNAUTHENTICATED")];
    const { code, output } = await run([writeRows(rowOf("TOKEN2"))]);
    expect([code, output]).toEqual([2, expect.stringContaining("401 UNAUTHENTICATED")]);
  });
});

describe("an import that cannot begin", () => {
  test.each<[string, string[], Record<string, string>, string]>([
    ["no file is named", [], {}, "须给出一个文件 · Give one file"],
    ["the file is not there", ["/nowhere/catalogue.csv"], {}, "没有这个文件"],
    ["the file is a folder", [folder], {}, "This is a folder"],
    ["an option is unknown", ["a.csv", "--force"], {}, "--force"],
    ["SERVICE_URL is no address", ["a.csv"], { SERVICE_URL: "localhost:8787" }, "SERVICE_URL"],
  ])("because %s says so and exits with 2", async (_why, args, env, words) => {
    expect(await run(args, env)).toMatchObject({ code: 2, output: expect.stringContaining(words) });
  });

  test("because the secret is wrong says so, not what the secret was", async () => {
    const { code, output } = await run([writeRows(rowOf("SECRET1"))], { CLIENT_SECRET: "not-the-secret" });
    expect([code, output]).toEqual([2, expect.stringContaining("CLIENT_SECRET")]);
    expect(output).not.toContain("not-the-secret");
  });

  test("because nothing listens at SERVICE_URL says so after a few attempts", async () => {
    const away = `http://127.0.0.1:${await freePort()}`;
    const { code, output } = await run([writeRows(rowOf("AWAY1"))], { SERVICE_URL: away });
    expect([code, output]).toEqual([2, expect.stringContaining("ECONNREFUSED")]);
    expect(output).toContain("未导入任何项目 · nothing was imported");
    expect(output).toMatch(/在另一个终端运行 npm start[\s\S]*Start it in another terminal with npm start/);
    expect(output.match(/3 attempts/g)).toHaveLength(1);
  });

  test("because the issuer at TOKEN_URL is away says so, though the service is there", async () => {
    const TOKEN_URL = `http://127.0.0.1:${await freePort()}/token`;
    const { code, output } = await run([writeRows(rowOf("AWAY2"))], { TOKEN_URL });
    expect([code, output]).toEqual([2, expect.stringContaining(TOKEN_URL)]);
  });
});

describe("the command's own process", () => {
  test.each<[number, string, () => string[], string]>([
    [0, "all was imported", () => [writeRows(rowOf("EXIT0"))], "imported 1"],
    [1, "a row was rejected", () => [writeRows(rowOf("EXIT1").replace("SERVICE", "?"))], "NOT_ALLOWED"],
    [3, "nobody accepted a warning", () => [writeRows(rowOf("EXIT3").replace("10,", "0,"))], "CAP_ZERO"],
    [0, "only its usage is asked for", () => ["--help"], "--accept-warnings"],
  ])("exits with %i where %s, and says so on its output", async (code, _where, args, words) => {
    const finished = await runProcess(args());
    expect(finished).toEqual({ code, errors: "", output: expect.stringContaining(words) });
  });

  test("exits with 2 where there is no such file, and says so among its errors", async () => {
    const { code, errors } = await runProcess(["/nowhere/catalogue.csv"]);
    expect([code, errors]).toEqual([2, expect.stringContaining("没有这个文件")]);
  });
});

const REAL = "../shared/data/catalogue.csv";

test.skipIf(!existsSync(REAL))(
  `the real catalogue is imported whole (skipped where ${REAL} is absent)`,
  async () => {
    const { code, output } = await runProcess([REAL, "--rejected", join(folder, "real.rejected.csv")]);
    expect([code, output]).toEqual([0, expect.stringContaining("imported 6151")]);
  },
);
