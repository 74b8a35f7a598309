import { beforeEach, describe, expect, it } from "vitest";
import { saveCatalogueItem } from "../../../shared/store/catalogue/catalogue-store.ts";
import {
  makeReferenceStore,
  raiseReferenceVersion,
  savePolicy,
} from "../../../shared/store/catalogue/reference-store.ts";
import type { Database } from "../../../shared/store/kit/database.ts";
import { commitTransaction } from "../../../shared/store/kit/transaction.ts";
import { makeMemoryTables } from "../../simulation/memory-tables.ts";
import { toClient } from "../../simulation/send.ts";
import { makeItem, makePolicy } from "../../support/builders.ts";

let db: Database;
beforeEach(() => {
  const { send } = makeMemoryTables();
  const pause = (): Promise<void> => Promise.resolve();
  db = { client: toClient(send), registry: "Registry", ledger: "Ledger", pause };
});

/** States items A and B, named after the version, over those of the version before. */
const state = (version: number) =>
  commitTransaction(db, [
    ...["A", "B"].map((itemCode) =>
      saveCatalogueItem(
        db,
        { item: makeItem({ itemCode, name: `${version}` }), history: undefined },
        version,
        version === 1 ? undefined : { statedIn: version - 1 },
      ),
    ),
    savePolicy(db, makePolicy(), version),
    raiseReferenceVersion(db, version, version - 1),
  ]);

describe("a bill is calculated with one version of the catalogue", () => {
  it("that memory keeps, when nothing was stated since", async () => {
    await state(1);
    const store = makeReferenceStore(db);
    const known = await store.readVersion();
    const { version, findItem, policies } = await store.load(["A", "B", "C"], known);
    expect([version, findItem("A")?.name, findItem("B")?.name, findItem("C")]).toEqual([
      1,
      "1",
      "1",
      undefined,
    ]);
    expect(policies).toHaveLength(1);
  });

  it("also when items are stated anew between reading the version and the items", async () => {
    await state(1);
    const store = makeReferenceStore(db);
    const known = await store.readVersion();
    await store.load(["A"], known);
    await state(2);
    const { version, findItem } = await store.load(["A", "B"], known);
    expect([version, findItem("A")?.name, findItem("B")?.name]).toEqual([2, "2", "2"]);
  });

  it("also when memory has no room left for what is new in it", async () => {
    await state(1);
    const store = makeReferenceStore(db, 2);
    await store.load(["A", "C"]);
    const { findItem } = await store.load(["A", "B"]);
    expect([findItem("A")?.name, findItem("B")?.name]).toEqual(["1", "1"]);
    const again = await store.load(["A", "B", "C"]);
    expect(["A", "B", "C"].map((code) => again.findItem(code)?.name)).toEqual(["1", "1", undefined]);
  });

  it("also when another bill makes room in memory while this one is being read", async () => {
    await state(1);
    const store = makeReferenceStore(db, 1);
    await store.load(["A"]);
    const both = await Promise.all([store.load(["A", "B"]), store.load(["C", "D"])]);
    expect(both[0].findItem("A")?.name).toBe("1");
  });

  it("that counts up by one for each statement, whoever else states at that moment", async () => {
    await state(1);
    const outcomes = await Promise.all([state(2), state(2)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["CHANGED", "COMMITTED"]);
    expect(await makeReferenceStore(db).readVersion()).toBe(2);
  });
});
