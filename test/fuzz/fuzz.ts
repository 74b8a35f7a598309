import { parseArgs } from "node:util";
import { outliveReaders } from "../../infra/closed-output.ts";
import { type Finding, runCampaign } from "./campaign.ts";
import { startFuzzedService } from "./fuzzed-service.ts";

const SHOWN = 600;
const SHOWN_FINDINGS = 20;

const { values } = parseArgs({
  options: { requests: { type: "string", default: "10000" }, seed: { type: "string" } },
});
const requests = Number(values.requests);
const seed = Number(values.seed ?? Math.floor(Date.now() / 1_000));
if (!Number.isSafeInteger(requests) || requests < 1 || !Number.isSafeInteger(seed) || seed < 0) {
  console.error("usage: npm run fuzz -- [--requests 10000] [--seed 1]");
  process.exit(2);
}

const show = ({ index, operation, request, fault }: Finding): string => {
  const { authorization: _token, ...headers } = request.headers;
  const lines = [
    `request ${index}, ${operation}: ${fault.slice(0, SHOWN)}`,
    `  ${request.method} ${request.target.slice(0, SHOWN)}`,
    `  ${JSON.stringify(headers)}`,
    `  ${(request.body ?? "(no body)").slice(0, SHOWN)}`,
  ];
  return lines.join("\n");
};

outliveReaders();
console.log(`fuzzing with ${requests} requests from seed ${seed}`);
const started = performance.now();
const service = await startFuzzedService();
const { findings, statuses, slowestMs } = await runCampaign(service, {
  seed,
  requests,
  report: (done) => {
    if (done % 1_000 === 0) console.log(`${done} requests`);
  },
});
await service.stop();
for (const finding of findings.slice(0, SHOWN_FINDINGS)) console.log(show(finding));
const table = [...statuses].map(([operation, counts]) => ({ operation, ...Object.fromEntries(counts) }));
console.table(table);
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
console.log(`${seconds} s, slowest ${Math.round(slowestMs)} ms, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);
