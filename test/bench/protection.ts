import { createHmac } from "node:crypto";
import { sealAuditTrail } from "../../functions/audit/seal-audit-trail.ts";
import { readConfig } from "../../shared/config.ts";
import { instantOf } from "../../shared/domain/dates.ts";
import { canonicalJson } from "../../shared/http/canonical-json.ts";
import { makeCipher } from "../../shared/personal-data/make-cipher.ts";
import { checkTrail } from "../../shared/store/audit/audit-verification.ts";
import { commitTransaction } from "../../shared/store/kit/transaction.ts";
import { type Caller, makeFunctions } from "./caller.ts";
import { type Embedded, withEmbedded } from "./embedded.ts";
import { type BenchOptions, type Figure, type Findings, formatNumber, median, timed } from "./figures.ts";
import { captureTransaction, copyOf, headerBefore, type SettleTransaction } from "./settle-transaction.ts";
import { makeLines, openBillOfTen } from "./world.ts";

const person = {
  name: "罗试验",
  idType: "RESIDENT_ID",
  idNumber: "999901198103290004",
  cardNumber: "DEMO000001",
} as const;
const SEAL_LATER_MS = 600_000;

/** The middle of how long each of so many runs took, in milliseconds. */
async function medianOf(times: number, work: (index: number) => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let index = 0; index < times; index += 1) all.push((await timed(() => work(index))).ms);
  return median(all);
}

async function measureSealing(keysFile: string, times: number): Promise<Figure[]> {
  const cipher = makeCipher(readConfig({ PERSONAL_DATA_KEYS_FILE: keysFile }).personalData);
  const workerId = "W00000000000000000001";
  const sealed = await cipher.seal(workerId, person);
  const seal = await medianOf(times, () => cipher.seal(workerId, person));
  const open = await medianOf(times, () => cipher.open(workerId, sealed));
  const content = canonicalJson(["upload-charges", {}, { lines: makeLines(10, 0) }]);
  const hash = (text: string) => createHmac("sha256", keysFile).update(text).digest("base64url");
  const lookup = await medianOf(times, async () => hash(person.idNumber));
  const message = await medianOf(times, async () => hash(content));
  return [
    { what: "one worker's name and numbers, sealed", measured: seal, unit: "ms" },
    { what: "one worker's name and numbers, opened", measured: open, unit: "ms" },
    { what: "what is stored sealed of one worker", measured: sealed.length, unit: "bytes" },
    { what: "keyed hash of an ID number", measured: lookup * 1_000, unit: "µs" },
    { what: "keyed hash of a message of ten lines", measured: message * 1_000, unit: "µs" },
  ];
}

type TransactItem = SettleTransaction["items"][number];

function withoutEntry(item: TransactItem): TransactItem {
  if (item.Put === undefined) return item;
  const { auditEntry: _, ...Item } = item.Put.Item;
  return { ...item, Put: { ...item.Put, Item } };
}

/** The transaction of one settlement with its audit entry and without, sent in turn. */
async function measureSettling({ makeFunctions: make }: Embedded, times: number) {
  const { services, call, meter } = make();
  const visitId = await openBillOfTen(call);
  const withEntry = await captureTransaction(services, visitId, () =>
    call("settle-visit", { params: { visitId } }),
  );
  const bare = { visitId, items: withEntry.items.map(withoutEntry) };
  let copies = 0;
  const send = async (transaction: SettleTransaction) => {
    copies += 1;
    const header = { TableName: services.db.ledger, Item: headerBefore(transaction, copies) };
    await commitTransaction(services.db, [{ item: { Put: header }, onConditionFailed: "CHANGED" }]);
    const writes = copyOf(transaction, copies);
    return timed(() =>
      meter.measure(async () => {
        const { kind } = await commitTransaction(services.db, writes);
        if (kind !== "COMMITTED") throw new Error(`a copy was not committed: ${kind}`);
      }),
    );
  };
  const took: Record<"with" | "without", number[]> = { with: [], without: [] };
  const units = { with: 0, without: 0 };
  for (let turn = 0; turn < times; turn += 1) {
    for (const [name, transaction] of [
      ["with", withEntry],
      ["without", bare],
    ] as const) {
      const { value, ms } = await send(transaction);
      took[name].push(ms);
      units[name] = value.writeUnits;
    }
  }
  return { ms: { with: median(took.with), without: median(took.without) }, units };
}

/** A look at a visit, with its entry and without. */
async function measureLook({ endpoint, keysFile }: Embedded, times: number) {
  const recorded = makeFunctions(endpoint, keysFile).call;
  const silent = makeFunctions(endpoint, keysFile, async ({ outcome }) => outcome).call;
  const visitId = await openBillOfTen(recorded);
  const look = (call: Caller) => medianOf(times, () => call("get-visit", { params: { visitId } }));
  await look(silent);
  return { without: await look(silent), with: await look(recorded) };
}

async function measureTrail({ makeFunctions: make }: Embedded) {
  const { db } = make().services;
  const now = () => instantOf(Date.now() + SEAL_LATER_MS);
  const sealing = await timed(() => sealAuditTrail({ db, now }, () => false));
  const verifying = await timed(() => checkTrail(db, { expected: [], now: now() }));
  const { entryCount, findings } = verifying.value;
  if (findings.length > 0) throw new Error("the trail of the bench is not whole");
  const perSecond = (ms: number): number => (entryCount * 1_000) / ms;
  return { entryCount, sealed: perSecond(sealing.ms), verified: perSecond(verifying.ms) };
}

/** What encryption and the audit trail cost, each where it is paid. */
export const measureProtection = ({ quick }: BenchOptions): Promise<Findings> =>
  withEmbedded(async (embedded) => {
    const times = quick ? 50 : 500;
    const sealing = await measureSealing(embedded.keysFile, times);
    const settling = await measureSettling(embedded, times);
    const look = await measureLook(embedded, times);
    const trail = await measureTrail(embedded);
    const row = (what: string, without: number, withIt: number, unit: string): string[] => [
      what,
      `${formatNumber(without)} ${unit}`,
      `${formatNumber(withIt)} ${unit}`,
    ];
    return {
      title: "What encryption and the audit trail cost",
      figures: [
        ...sealing,
        { what: "entries of the audit trail sealed", measured: trail.sealed, unit: "a second" },
        { what: "entries of the audit trail verified", measured: trail.verified, unit: "a second" },
      ],
      comparisons: [
        {
          title: "The audit trail",
          columns: ["what", "without an entry", "with its entry"],
          rows: [
            row("commit one settlement of ten lines", settling.ms.without, settling.ms.with, "ms"),
            row("the same, write units", settling.units.without, settling.units.with, "units"),
            row("get-visit, in the process", look.without, look.with, "ms"),
          ],
        },
      ],
      notes: [
        `Medians of ${times}, on an engine in memory; ${formatNumber(trail.entryCount)} entries were sealed and verified.`,
        "Treating and settling seal and open nothing. Sealing and opening are timed with keys of a file; under KMS each is one call of KMS more, which was not timed here.",
      ],
    };
  });
