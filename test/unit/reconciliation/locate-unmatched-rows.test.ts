import { BatchGetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { dayOf, instantOf } from "../../../shared/domain/dates.ts";
import { fen } from "../../../shared/domain/money.ts";
import type { DetailRow } from "../../../shared/domain/reconciliation/statement.ts";
import type { Database } from "../../../shared/store/kit/database.ts";
import { ledgerKeys } from "../../../shared/store/kit/keys.ts";
import { toStoredAllocation } from "../../../shared/store/kit/stored-fields.ts";
import { makeFindElsewhere } from "../../../shared/store/reconciliation/locate-unmatched-rows.ts";
import { makeMemoryTables } from "../../simulation/memory-tables.ts";
import { type Send, toClient } from "../../simulation/send.ts";
import { makeAllocation } from "../../support/builders.ts";
import { HOSPITAL } from "../../support/service.ts";

let send: Send;
let db: Database;
/** Items that were asked for by key, and queries. */
let keys = 0;
let queries = 0;
beforeEach(() => {
  const tables = makeMemoryTables();
  send = tables.send;
  [keys, queries] = [0, 0];
  const counted: Send = (command) => {
    if (command instanceof BatchGetCommand) keys += command.input.RequestItems?.Ledger?.Keys?.length ?? 0;
    if (command instanceof QueryCommand) queries += 1;
    return send(command);
  };
  const pause = (): Promise<void> => Promise.resolve();
  db = { client: toClient(counted), registry: "Registry", ledger: "Ledger", pause };
});

const amounts = { total: fen(1_000), allocation: makeAllocation({ fund: "10.00" }) };
const stored = { total: amounts.total, allocation: toStoredAllocation(amounts.allocation) };
const ON = dayOf(instantOf(Date.parse("2026-03-02T12:00:00+08:00")));
const instant = (day: string, index: number) =>
  instantOf(Date.parse(`${day}T12:00:00+08:00`) + index * 1_000);

interface Settled {
  readonly settlementId: string;
  readonly messageKey: string;
}

/** A settlement as the Ledger keeps it: itself, its message, its entry of the day, and its mark where it was cancelled. */
async function settle(index: number, day: string, isVoid = false): Promise<Settled> {
  const visitId = `V${String(index).padStart(20, "0")}`;
  const [settlementId, messageKey] = [`${visitId}-1`, `m-${index}`];
  const settledAt = instant(day, index);
  const on = dayOf(settledAt);
  const entry = { settlementId, visitId, messageKey, ...stored };
  const items: object[] = [
    {
      ...ledgerKeys.settlement({ hospitalCode: HOSPITAL, visitId }, 1),
      settlementId,
      hospitalCode: HOSPITAL,
      kind: "FINAL",
      settledAt,
    },
    { ...ledgerKeys.message(HOSPITAL, messageKey), operation: "settle-visit", subject: settlementId },
    { ...ledgerKeys.ledgerEntry(HOSPITAL, on, settledAt, settlementId), kind: "SETTLEMENT", ...entry },
  ];
  if (isVoid)
    items.push({
      ...ledgerKeys.voidEntry(HOSPITAL, on, settlementId),
      entryId: settlementId,
      kind: "SETTLEMENT",
      ...stored,
    });
  for (const Item of items) await send(new PutCommand({ TableName: "Ledger", Item: { ...Item } }));
  return { settlementId, messageKey };
}

const settleMany = (count: number, day: string, isVoid = false): Promise<Settled[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => settle(index, day, isVoid)));
const rowOf = (named: Partial<Settled>): DetailRow => ({ kind: "SETTLEMENT", ...named, ...amounts });
const byMessage = ({ messageKey }: Settled): DetailRow => rowOf({ messageKey });

/** Batch by batch, as a comparison asks. */
async function findAll(rows: readonly DetailRow[]) {
  const find = makeFindElsewhere(db, HOSPITAL, ON);
  const found = [];
  for (let start = 0; start < rows.length; start += 500)
    found.push(...(await find(rows.slice(start, start + 500))));
  return found;
}

describe("where rows are that match nothing on a day", () => {
  it("is told of 1,000 rows of another day by a query of that day: a hundred of them are read one by one", async () => {
    const settled = await settleMany(1_000, "2026-03-01");
    const rows = settled.map((each, index) => (index % 2 === 0 ? rowOf(each) : byMessage(each)));
    const found = await findAll(rows);
    expect(found).toEqual(
      settled.map(({ settlementId }) => ({ kind: "OTHER_DAY", day: "2026-03-01", settlementId })),
    );
    expect(keys).toBeLessThanOrEqual(2 * 50);
    expect(queries).toBeLessThanOrEqual(4);
  });

  it("is told of 1,000 that were cancelled on the day itself by a query of it", async () => {
    const settled = await settleMany(1_000, "2026-03-02", true);
    const found = await findAll(settled.map(byMessage));
    expect(found).toEqual(settled.map(({ settlementId }) => ({ kind: "CANCELLED", settlementId })));
    expect(keys).toBeLessThanOrEqual(2 * 50);
    expect(queries).toBeLessThanOrEqual(4);
  });

  it("takes a read of the message, and no more, for each row that the fund has nowhere", async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => rowOf({ messageKey: `unknown-${index}` }));
    expect(await findAll(rows)).toEqual(rows.map(() => ({ kind: "NOWHERE" })));
    expect([keys, queries]).toEqual([1_000, 0]);
  });

  it("of a few rows on as many days is read by their keys alone", async () => {
    const days = Array.from({ length: 20 }, (_, index) => `2026-02-${String(index + 1).padStart(2, "0")}`);
    const settled = await Promise.all(days.map((day, index) => settle(index, day)));
    const found = await findAll(settled.map(byMessage));
    expect(found.map((each) => each.kind === "OTHER_DAY" && each.day)).toEqual(days);
    // Of each day only what was cancelled on it.
    expect([keys, queries]).toEqual([40, 20]);
  });

  it("is the same for a message that was barred, whatever else is read", async () => {
    const settled = await settleMany(60, "2026-03-01");
    const barred = { ...ledgerKeys.message(HOSPITAL, "barred"), barred: true };
    await send(new PutCommand({ TableName: "Ledger", Item: barred }));
    const found = await findAll([...settled.map(byMessage), rowOf({ messageKey: "barred" })]);
    expect(found.at(-1)).toEqual({ kind: "CANCELLED" });
    expect(found.filter(({ kind }) => kind === "OTHER_DAY")).toHaveLength(60);
  });
});
