import { deflateRawSync } from "node:zlib";
import { GetCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { ID_CHANCES, idOf } from "../../shared/domain/ids.ts";
import type { Mutant } from "./history.ts";
import {
  itemOf,
  keyOf,
  leavingOut,
  misreading,
  rewriting,
  type TransactItem,
  unconditionally,
  withItem,
} from "./mutate.ts";
import { requestNow } from "./request.ts";
import { isFunds, textOf } from "./stored.ts";
import type { Item } from "./values.ts";

const HEADER = /^VISIT#\S+ HEADER$/;
const SETTLEMENT = /^VISIT#\S+ SETTLEMENT#\d+$/;
const MARK = / SETTLEMENT#\d+#REVERSAL$/;
const ENTRY = /^LEDGER#\S+ \d{4}-/;

const settlementIn = (all: readonly TransactItem[]): Item | undefined =>
  all.filter((write) => SETTLEMENT.test(keyOf(write))).map(itemOf)[0];
const isReversal = (all: readonly TransactItem[]): boolean => settlementIn(all)?.kind === "REVERSAL";

const forgettingToPop = rewriting((write, all) => {
  const header = itemOf(write);
  if (header === undefined || !HEADER.test(keyOf(write)) || !isReversal(all)) return write;
  const number = Number(String(settlementIn(all)?.reverses).split("-")[1]);
  const standing = Array.isArray(header.standing) ? header.standing : [];
  return withItem(write, { standing: [...standing, { number, lineCount: header.lineCount }] });
});

const wrongSign = rewriting((write, all) => {
  const { Update } = write;
  if (Update === undefined || !isReversal(all)) return write;
  const values = Object.entries(Update.ExpressionAttributeValues ?? {}).map(([name, value]) => [
    name,
    typeof value === "number" && !name.endsWith("Count") ? 0 - value : value,
  ]);
  return { Update: { ...Update, ExpressionAttributeValues: Object.fromEntries(values) } };
});

const losingTheLink = rewriting((write, all) =>
  SETTLEMENT.test(keyOf(write)) && isReversal(all) ? withItem(write, { reverses: undefined }) : write,
);

const losingAPosting = rewriting((write) => {
  const postings = itemOf(write)?.postings;
  if (!ENTRY.test(keyOf(write)) || !Array.isArray(postings)) return write;
  return withItem(write, { postings: postings.slice(1) });
});

const wrongStateRestored = rewriting((write, all) =>
  HEADER.test(keyOf(write)) && isReversal(all) ? withItem(write, { status: "OPEN" }) : write,
);

/** What is cancelled of a closed month is struck out of it all the same. */
const strikingOutOfClosedMonths: Mutant = (send) => async (command) => {
  const writes = command instanceof TransactWriteCommand ? (command.input.TransactItems ?? []) : [];
  const settlement = settlementIn(writes);
  const isCancellation = writes.some((each) => keyOf(each).endsWith(" CANCELLATION"));
  const isMarked = writes.some((each) => keyOf(each).includes(" VOID#"));
  const entry = writes.find((each) => ENTRY.test(keyOf(each)))?.Put;
  const isOfFund = isFunds(String(settlement?.reversesKind));
  if (settlement === undefined || entry === undefined || !isCancellation || isMarked || !isOfFund)
    return send(command);
  const on = String(settlement.reversesSettledAt).slice(0, 10);
  const Item = {
    pk: `LEDGER#${String(settlement.hospitalCode)}#${on}`,
    sk: `VOID#${String(settlement.reverses)}`,
    entryId: settlement.reverses,
  };
  const { TableName } = entry;
  return send(new TransactWriteCommand({ TransactItems: [...writes, { Put: { TableName, Item } }] }));
};

/** The same with one text in place of another, wherever it is said. */
function replacing(value: unknown, from: string, to: string): unknown {
  if (typeof value === "string") return value.replaceAll(from, to);
  if (Array.isArray(value)) return value.map((each) => replacing(each, from, to));
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replacing(each, from, to)]));
}

/** Whoever is stated for the first time gets an id of chance. */
const workersOfChance: Mutant = (send) => async (command) => {
  const writes = command instanceof TransactWriteCommand ? (command.input.TransactItems ?? []) : [];
  const worker = writes.map(itemOf).find((item) => item?.sk === "WORKER" && item.version === 1);
  if (worker === undefined) return send(command);
  const { ids } = requestNow();
  const chance = idOf(
    "W",
    Array.from({ length: ID_CHANCES }, () => ids.integer(0, 31)),
  );
  const TransactItems = replacing(writes, String(worker.workerId), chance) as TransactItem[];
  return send(new TransactWriteCommand({ TransactItems }));
};

const undoingNothing = rewriting((write, all) => {
  const isCancellation = all.some((each) => keyOf(each).endsWith(" CANCELLATION"));
  return isCancellation && !keyOf(write).startsWith("MESSAGE#") ? undefined : write;
});

const withinTwoTransactions: Mutant = (send) => async (command) => {
  const writes = command instanceof TransactWriteCommand ? (command.input.TransactItems ?? []) : [];
  if (writes.length < 4) return send(command);
  await send(new TransactWriteCommand({ TransactItems: writes.slice(0, 3) }));
  return send(new TransactWriteCommand({ TransactItems: writes.slice(3) }));
};

/** A repeat is answered with what its visit has become since. */
const replayingNewerState: Mutant = (send) => async (command) => {
  const answer: { readonly Item?: Item } = await send(command);
  const message = answer.Item;
  const isAsked = command instanceof GetCommand && command.input.Key?.sk === "MESSAGE";
  if (!isAsked || !(message?.answer instanceof Uint8Array)) return answer;
  const body = JSON.parse(textOf(message.answer)) as Item;
  const hospitalCode = String(command.input.Key?.pk).split("#")[1];
  const Key = { pk: `VISIT#${hospitalCode}#${String(body.visitId)}`, sk: "HEADER" };
  const { TableName } = command.input;
  const found: { readonly Item?: Item } = await send(
    new GetCommand({ TableName, Key, ConsistentRead: true }),
  );
  if (found.Item === undefined || body.updatedAt === undefined) return answer;
  const newer = { ...body, updatedAt: found.Item.updatedAt, status: found.Item.status };
  return { ...answer, Item: { ...message, answer: deflateRawSync(JSON.stringify(newer)) } };
};

const firstPageOnly: Mutant = (send) => async (command) => ({
  ...(await send(command)),
  LastEvaluatedKey: undefined,
});

const unprocessedForgotten: Mutant = (send) => async (command) => ({
  ...(await send(command)),
  UnprocessedKeys: undefined,
});

const asUnsettled = misreading((item) =>
  item.sk === "HEADER" && Array.isArray(item.standing)
    ? { ...item, standing: item.standing.map((each: object) => ({ ...each, lineCount: 0 })) }
    : item,
);

const asStillOpen = misreading((item) =>
  item.sk === "HEADER" && item.status !== "OPEN" ? { ...item, status: "OPEN" } : item,
);

const asClosed = misreading((item) =>
  item.sk === "HEADER" && item.status === "DISCHARGED" ? { ...item, status: "RELEASED" } : item,
);

/** Whoever frees a bed leaves the stay as one that has it. */
const asHoldingItsBed = rewriting((write) =>
  HEADER.test(keyOf(write)) && requestNow().operationId !== "release-bed"
    ? withItem(write, { bedReleasedAt: undefined })
    : write,
);

const asNothingRepaid = misreading((item) =>
  item.sk === "HEADER" && Array.isArray(item.standing)
    ? { ...item, standing: item.standing.map((each: object) => ({ ...each, repaid: undefined })) }
    : item,
);

/** Conditions are looked at when a worker is admitted, and no more. */
const asEverCovered = misreading((item) => {
  if (item.sk === "WORKER") return { ...item, frozen: false };
  return String(item.sk).startsWith("CASE#") && item.thirdPartyLiability !== undefined
    ? { ...item, thirdPartyLiability: false }
    : item;
});

/** An import takes what it names for all that there is of an item. */
const forgettingPeriods: Mutant = (send) => {
  const mutated = misreading((item) => (Array.isArray(item.periods) ? { ...item, periods: [] } : item))(send);
  return (command) => (requestNow().operationId === "import-catalogue" ? mutated(command) : send(command));
};

type Standing = readonly { readonly lineCount: number }[];

/** Whoever uploads takes all lines for unsettled, and leaves the header as it was all the same. */
const countingSettledLines: Mutant = (send) => {
  const known = new Map<unknown, unknown>();
  const forgetting = misreading((item) => {
    if (item.sk !== "HEADER" || !Array.isArray(item.standing)) return item;
    known.set(`${String(item.pk)} ${String(item.version)}`, item.standing);
    const standing = (item.standing as Standing).map((each) => ({ ...each, lineCount: 0 }));
    return { ...item, standing };
  });
  const restoring = rewriting((write) => {
    const header = HEADER.test(keyOf(write)) ? itemOf(write) : undefined;
    if (header === undefined) return write;
    return withItem(write, {
      standing: known.get(`${String(header.pk)} ${Number(header.version) - 1}`),
    });
  });
  const mutated = restoring(forgetting(send));
  return (command) => (requestNow().operationId === "upload-charges" ? mutated(command) : send(command));
};

const isWaiting = ({ kind }: Item): boolean => kind === "DEFERRED";
const asStillWaiting = misreading((item) =>
  item.sk === "HEADER" &&
  item.status === "SETTLED" &&
  Array.isArray(item.standing) &&
  item.standing.some(isWaiting)
    ? { ...item, status: "DEFERRED" }
    : item,
);

/** Entries of a shard all in one place: the later one takes the place of the earlier. */
const overwritingEntries = rewriting((write) => {
  const item = itemOf(write);
  if (write.Put === undefined || item === undefined || !keyOf(write).startsWith("AUDIT#")) return write;
  return { Put: { TableName: write.Put.TableName, Item: { ...item, sk: "SAME" } } };
});

/** Bugs of the store and the operations, planted into their way to the tables; each must be found. */
export const mutants: Readonly<Record<string, Mutant>> = {
  "a visit is saved whatever its version": unconditionally(HEADER),
  "a key may be used again": unconditionally(/^MESSAGE#\S+ MESSAGE$/),
  "a worker may have two beds": unconditionally(/^STAY#/),
  "a settlement may be reversed twice": unconditionally(/ (HEADER|SETTLEMENT#\d+(#REVERSAL)?)$/),
  "the summary row is forgotten": leavingOut(/^SUMMARY#/),
  "the message's record is forgotten": rewriting((write) =>
    keyOf(write).endsWith(" MESSAGE") && itemOf(write)?.barred === undefined ? undefined : write,
  ),
  "the ledger entry is forgotten": leavingOut(ENTRY),
  "the bed is not given up": rewriting((write) => {
    const stays = itemOf(write)?.stays;
    if (!keyOf(write).startsWith("STAY#") || !Array.isArray(stays)) return write;
    return withItem(write, { stays: stays.map((each: object) => ({ ...each, dischargedAt: undefined })) });
  }),
  "stays that are over are forgotten": rewriting((write) => {
    const stays = itemOf(write)?.stays;
    if (!keyOf(write).startsWith("STAY#") || !Array.isArray(stays)) return write;
    return withItem(write, { stays: stays.filter(({ dischargedAt }: Item) => dischargedAt === undefined) });
  }),
  "the visit's number is not given up": rewriting((write) =>
    write.Delete !== undefined && keyOf(write).startsWith("VISIT_NUMBER#") ? undefined : write,
  ),
  "what reversed a settlement is not marked": leavingOut(MARK),
  "the reversed settlement goes on standing": forgettingToPop,
  "a reversal is added where it should be deducted": wrongSign,
  "a reversal loses the link to its original": losingTheLink,
  "a reversal restores another state": wrongStateRestored,
  "a posting is lost": losingAPosting,
  "a cancelled message is not barred": rewriting((write) =>
    itemOf(write)?.barred === true ? undefined : write,
  ),
  "the cancellation is not recorded": leavingOut(/ CANCELLATION$/),
  "a cancellation undoes nothing": undoingNothing,
  "cancelled entries are still counted": leavingOut(/ VOID#/),
  "what is cancelled of a closed month is struck out of it": strikingOutOfClosedMonths,
  "ids of workers are drawn at random": workersOfChance,
  "a freed bed is still given up and taken": asHoldingItsBed,
  "what was used up before is forgotten": leavingOut(/ DETAILS#USED#/),
  "a transaction is two": withinTwoTransactions,
  "a repeat is answered with newer state": replayingNewerState,
  "only the first page is read": firstPageOnly,
  "unprocessed keys are forgotten": unprocessedForgotten,
  "settled lines are settled again": asUnsettled,
  "the audit entry is forgotten": leavingOut(/^AUDIT#/),
  "the audit entry in an event is forgotten": rewriting((write) =>
    keyOf(write).startsWith("EVENTS#") ? withItem(write, { auditEntry: undefined }) : write,
  ),
  "an audit entry is overwritten": overwritingEntries,
  "the event is forgotten": leavingOut(/^EVENTS#/),
  "what waited stays deferred once it is settled": leavingOut(/-CLEARS$/),
  "what waited is settled twice": asStillWaiting,
  "what the hospital took back is forgotten": rewriting((write) =>
    HEADER.test(keyOf(write)) ? withItem(write, { takenBack: undefined }) : write,
  ),
  "what is to be recovered is not recorded": leavingOut(/-RECOVERY$/),
  "what is paid back of advances is forgotten, and paid back again": asNothingRepaid,
  "what goes back beyond the settlement's own part is not taken from the hospital": leavingOut(/-REPAYS$/),
  "what is settled takes room from what comes after it": countingSettledLines,
  "an import takes away the periods that it does not name": forgettingPeriods,
  "every visit is taken for open": asStillOpen,
  "conditions are not checked again when it is paid": asEverCovered,
  "the bill of a discharged stay is closed": asClosed,
};
