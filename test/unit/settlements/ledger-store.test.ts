import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fen } from "../../../shared/domain/money.ts";
import { type LedgerEntry, toLedgerEntries } from "../../../shared/domain/settlements/ledger-entry.ts";
import { recordEntry } from "../../../shared/store/settlements/ledger-store.ts";
import { makeMemoryTables } from "../../simulation/memory-tables.ts";
import { toClient } from "../../simulation/send.ts";
import { makeAllocation, makeSettlement } from "../../support/builders.ts";

const { send } = makeMemoryTables();
const db = { client: toClient(send), registry: "Registry", ledger: "Ledger", pause: async () => undefined };

const settlement = makeSettlement({ allocation: makeAllocation({ fund: "1.00", personal: "32.00" }) });
const [entry] = toLedgerEntries(settlement, { before: undefined, after: undefined });

describe("the ledger", () => {
  test("takes an entry that balances", () => {
    if (entry === undefined) throw new Error("a settlement has an entry");
    expect(recordEntry(db, entry).item.Put?.Item).toMatchObject({ entryId: "V1-1", total: 3_300 });
  });

  test("takes no entry whose postings are one fen off its total, whichever way", () => {
    fc.assert(
      fc.property(fc.constantFrom(-1, 1), fc.nat(1), (difference, place) => {
        if (entry === undefined) throw new Error("a settlement has an entry");
        const postings = entry.postings.map((posting, index) =>
          index === place ? { ...posting, amount: fen(posting.amount + difference) } : posting,
        );
        const broken: LedgerEntry = { ...entry, postings };
        expect(() => recordEntry(db, broken)).toThrow("entry V1-1 does not balance");
      }),
    );
  });
});
