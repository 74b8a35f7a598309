import { SingleBar } from "cli-progress";
import { outliveReaders } from "../closed-output.ts";
import { DemoCallError } from "../demo/demo-call-error.ts";
import { DEMO_EMPLOYER_USCC } from "../demo/district.ts";
import { postDemoBills } from "../demo/post-demo-bills.ts";
import { showDecision } from "../demo/show-decision.ts";
import { billTable } from "./bill-table.ts";
import { explainEngineFault } from "./explain-engine-fault.ts";
import { runService, type Service, type ServiceOptions } from "./run-service.ts";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const steps: Record<string, (detail: string) => string> = {
  ENGINE: (endpoint) => `数据引擎 · engine         ${endpoint}`,
  ENGINE_OPEN: () =>
    "    本机不允许为引擎单设网络（unshare、ip），引擎在本机随机地址监听：本机其他账户可找到它 · this system gives the engine no network of its own (unshare, ip): it listens at a random address of this machine, which others with an account here can find",
  TABLES: (names) => `数据表 · tables           ${names}`,
  DEMO_DATA: (state) =>
    `演示数据 · demo data      ${state === "NEW" ? "已载入 · loaded" : "已存在 · found again"}（人员均为虚构 · all fictional）`,
  DATA_FOUND: (place) => `沿用已有数据 · using the data already in ${place}`,
  SERVING: (url) => `服务就绪 · ready          ${url}`,
};

/** As it was told, before the embedded engine takes its place in the environment. */
const namedEnv = { ...process.env };
const startedAt = performance.now();
const elapsed = (): string => `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;

const USAGE = `npm start
  PORT, HOST            where it serves (8787, 127.0.0.1)
  DATA_DIR              where data stays (.local); memory for nowhere
  DEMO_DATA             on, or off to start empty
  DYNAMODB_ENDPOINT     another engine than the embedded one
  CONSOLE_ORIGIN        the one web page that may call
  WEBHOOKS_ALLOW_HTTP   local lets webhooks call this machine

在本机运行整个服务 · runs the whole service on this machine (README.md)`;

/** A setting of few values; throws with all of them for any other. */
function readChoice<const Choice extends string>(
  name: string,
  value: string | undefined,
  choices: readonly [Choice, ...Choice[]],
): Choice | undefined {
  const chosen = choices.find((each) => each === value);
  if (value !== undefined && chosen === undefined)
    throw new Error(
      `${name} 只能是 ${choices.join(" 或 ")} · ${name} can only be ${choices.join(" or ")}: ${value}`,
    );
  return chosen;
}

function readOptions(env: Record<string, string | undefined>): ServiceOptions {
  const port = Number(env.PORT ?? "8787");
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`PORT 不是端口号 · PORT is no port number: ${env.PORT}`);
  }
  readChoice("WEBHOOKS_ALLOW_HTTP", env.WEBHOOKS_ALLOW_HTTP, ["local"]);
  return {
    host: env.HOST ?? "127.0.0.1",
    port,
    dataDir: env.DATA_DIR ?? ".local",
    endpoint: env.DYNAMODB_ENDPOINT,
    loadDemoData: readChoice("DEMO_DATA", env.DEMO_DATA, ["on", "off"]) !== "off",
    consoleOrigin: env.CONSOLE_ORIGIN,
    report: (step, detail) => {
      // Whoever knows the address of the embedded engine may do anything there, so it is told to nobody.
      const isEmbedded = step === "ENGINE" && env.DYNAMODB_ENDPOINT === undefined;
      say(`  ${steps[step]?.(isEmbedded ? "内嵌 · embedded" : detail) ?? step}`);
    },
  };
}

/** Posts the demo bills and shows, bill by bill, what became of them. */
async function showDemoBills(url: string): Promise<void> {
  say("\n  两家演示医院上传并结算 30 张账单 · two demo hospitals post and settle 30 bills");
  const isTerminal = process.stdout.isTTY === true;
  const bar = new SingleBar({
    format: "  {bar} {value}/{total}  {bill}",
    hideCursor: true,
    clearOnComplete: true,
  });
  const results = await postDemoBills({
    baseUrl: url,
    onProgress: ({ posted, total, result }) => {
      const bill = `${result.hospitalVisitNo} ¥${result.total}`;
      if (posted === 1) say(`  第一张已结算 · first bill settled after ${elapsed()}`);
      if (!isTerminal) return;
      if (!bar.isActive) bar.start(total, posted, { bill });
      bar.update(posted, { bill });
    },
  });
  bar.stop();
  say(billTable(results));
}

/** Treated first, decided later: a bill that settles itself. */
async function showDemoDecision(url: string): Promise<void> {
  say("  先治疗、后付费 · treat first, pay later");
  const { visitId, total, fund, meals, seconds } = await showDecision(url, () =>
    say(
      "    职工尚无工伤认定，凭用人单位工伤书面告知住院，未收押金；出院账单已挂账 · no case yet: treated on the employer's written notice, no deposit; the bill is deferred",
    ),
  );
  say(
    `    认定作出 ${seconds.toFixed(1)} 秒后自动结算 ¥${total}，基金 ¥${fund}，另付职工伙食补助 ¥${meals} · recognised: settled by itself (${visitId})`,
  );
}

/** Where nothing is stated yet, the demo's calls would only be refused: each statement depends on those before it. */
function sayHowToBegin(url: string): void {
  say(`
  空库，未载入演示数据 · an empty database; no demo data was loaded
    请以 demo-agency 按以下次序登记，后一项要用到前面各项：政策 → 目录 → 医院 → 用人单位 → 职工 → 工伤认定
    state as demo-agency, in this order: policy → catalogue → hospitals → employers → workers → cases
    put-policy, import-catalogue, put-hospital, put-employer, put-worker, put-case: ${url}/docs#put-policy (secret: demo-secret)
    demo-hospital (H33030400001), demo-hospital-2 (H33030400002), demo-enterprise (${DEMO_EMPLOYER_USCC})
  Ctrl-C 停止 · stops`);
}

function sayWhatNext(url: string): void {
  say(`
  接下来可试 · try next (secret: demo-secret)
    ${url}/docs                               全部接口 · every operation
    TOKEN=$(curl -s -u demo-finance:demo-secret -d grant_type=client_credentials ${url}/oauth/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
    curl -s -H "Authorization: Bearer $TOKEN" "${url}/v1/finance/settlement-summary?from=2026-01-01&to=2026-12-31&groupBy=hospital"
    demo-hospital, demo-hospital-2 (H33030400001, H33030400002), demo-enterprise (${DEMO_EMPLOYER_USCC}), demo-agency, demo-auditor
  Ctrl-C 停止 · stops`);
}

/** Ctrl-C once: finish what is under way and stop. Twice: stop at once. */
function stopOnSignal(starting: Promise<Service>): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    say("\n  正在停止 · stopping");
    const stopped = starting.then((service) => service.stop());
    stopped.then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

function explain(error: unknown): string {
  if (error instanceof DemoCallError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { DYNAMODB_ENDPOINT: endpoint } = namedEnv;
  if ("code" in error && error.code === "EADDRINUSE") {
    return `端口已被占用，请以 PORT 另选一个 · the port is taken, choose another one by PORT: ${error.message}`;
  }
  return explainEngineFault(error, endpoint);
}

async function main(): Promise<void> {
  outliveReaders();
  if (process.argv.length > 2) return say(USAGE);
  say("工伤医疗费用联网结算 · work-injury settlement");
  const options = readOptions(process.env);
  const starting = runService(options);
  stopOnSignal(starting);
  const service = await starting;
  if (service.isNew) {
    await showDemoBills(service.url);
    await showDemoDecision(service.url);
  }
  if (options.loadDemoData || service.hasData) sayWhatNext(service.url);
  else sayHowToBegin(service.url);
}

main().catch((error: unknown) => {
  say(`\n  无法启动 · cannot start: ${explain(error)}`);
  process.exit(1);
});
