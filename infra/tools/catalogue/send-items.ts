import { createHash } from "node:crypto";
import type { Fault } from "../../../shared/domain/failures.ts";
import type { CatalogueEntry } from "./catalogue-csv.ts";
import { type FaultPlace, findPlace } from "./columns.ts";
import { ImportError } from "./import-error.ts";
import type { CallOutcome, ImportCall, PostCall } from "./post-call.ts";
import { type RejectedRow, type RowFault, rejectItem } from "./row-faults.ts";

/** The service takes 500 items a call. */
const MAX_ITEMS = 500;
/** And 2 MB. */
const MAX_BYTES = 1_800_000;
const PAYLOAD_TOO_LARGE = 413;

export interface Sent {
  readonly imported: number;
  readonly calls: number;
  /** Items of calls that had been applied by an earlier run, and wrote nothing. */
  readonly replayed: readonly CatalogueEntry[];
  /** Rows that the service refused although they had passed here. */
  readonly rejected: readonly RejectedRow[];
}

export const NOTHING_SENT: Sent = { imported: 0, calls: 0, replayed: [], rejected: [] };

export type Batch = readonly CatalogueEntry[];

const textOf = ({ item }: CatalogueEntry): string => JSON.stringify(item);

/** In the order of the file, as many to a call as it takes. */
export function splitIntoCalls(entries: readonly CatalogueEntry[]): Batch[] {
  const batches: CatalogueEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(textOf(entry)) + 1;
    const last = batches.at(-1);
    if (last === undefined || last.length === MAX_ITEMS || bytes + size > MAX_BYTES) {
      batches.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return batches;
}

export const toBody = (batch: Batch): string => `{"items":[${batch.map(textOf).join(",")}]}`;

/** The key derives from the content, so that a second run repeats the messages of the first. */
function toCall(batch: Batch, label: string): ImportCall {
  const body = toBody(batch);
  const digest = createHash("sha256").update(`${label}\n${body}`).digest("base64url");
  return { key: `catalogue-${digest}`, body };
}

export type Placed = FaultPlace & { readonly code: string };

/** Faults that lie in items, by the position of the item; faults elsewhere are nobody's. */
export function byItem(faults: readonly Fault[]): ReadonlyMap<number, readonly Placed[]> {
  const placed = faults.flatMap(({ pointer, code }) => {
    const place = findPlace(pointer);
    return place === undefined ? [] : [{ ...place, code }];
  });
  return Map.groupBy(placed, ({ item }) => item);
}

/** What the service objects to in an item, at the rows that say it; at the first one where the item is meant. */
export function rejectRefused({ rows }: CatalogueEntry, faults: readonly Placed[]): RejectedRow[] {
  const at = (position: number): RowFault[] =>
    faults
      .filter(({ period = 0 }) => (period < rows.length ? period : 0) === position)
      .map(({ column, code }) => ({ field: column, code }));
  return rejectItem(rows, at);
}

interface Divided {
  readonly rejected: readonly RejectedRow[];
  readonly again: readonly Batch[];
}

/** What to do about a refusal: which rows it rejects, and what is left to send. Undefined where nothing helps. */
function divide(batch: Batch, status: number, faults: readonly Fault[]): Divided | undefined {
  const refused = byItem(faults);
  const again = batch.filter((_entry, position) => !refused.has(position));
  if (again.length < batch.length) {
    const rejected = batch.flatMap((entry, position) => {
      const faultsOfItem = refused.get(position);
      return faultsOfItem === undefined ? [] : rejectRefused(entry, faultsOfItem);
    });
    return { rejected, again: again.length === 0 ? [] : [again] };
  }
  if (status !== PAYLOAD_TOO_LARGE || batch.length === 1) return undefined;
  const middle = Math.ceil(batch.length / 2);
  return { rejected: [], again: [batch.slice(0, middle), batch.slice(middle)] };
}

const FORBIDDEN = 403;
const adviceOnRole = [
  "请检查 CLIENT_ID：只有经办机构的身份可以导入",
  "Check CLIENT_ID: only a client of the agency may import",
];

function refuseAll({ status, why, faults }: Extract<CallOutcome, { kind: "REFUSED" }>): ImportError {
  const where = faults.map(({ pointer, code }) => ` ${pointer} ${code}`).join("");
  return new ImportError(
    "服务拒绝了导入",
    `The service refuses the import: ${why}${where}`,
    status === FORBIDDEN ? adviceOnRole : [],
  );
}

export interface Sending {
  readonly postCall: PostCall;
  /** Part of every key: the same content under another label is stated again. */
  readonly label: string;
  readonly onProgress: (sent: Sent) => void;
}

/**
 * Sends items call by call. What the service refuses is reported by its rows, and the rest of the call is sent
 * again. Throws ImportError for a refusal that is not about single items.
 */
export async function sendItems(entries: readonly CatalogueEntry[], sending: Sending): Promise<Sent> {
  let sent = NOTHING_SENT;
  const waiting = splitIntoCalls(entries);
  for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
    const outcome = await sending.postCall(toCall(batch, sending.label));
    sent = { ...sent, calls: sent.calls + 1 };
    if (outcome.kind === "APPLIED") {
      const replayed = outcome.isReplay ? [...sent.replayed, ...batch] : sent.replayed;
      sent = { ...sent, imported: sent.imported + batch.length, replayed };
    } else {
      const divided = divide(batch, outcome.status, outcome.faults);
      if (divided === undefined) throw refuseAll(outcome);
      waiting.unshift(...divided.again);
      sent = { ...sent, rejected: [...sent.rejected, ...divided.rejected] };
    }
    sending.onProgress(sent);
  }
  return sent;
}
