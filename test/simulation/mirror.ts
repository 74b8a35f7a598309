import {
  type EntryItem,
  foldLines,
  type HeaderItem,
  type PostedLine,
  type SettlementItem,
} from "./stored.ts";
import type { Item } from "./values.ts";

/** A visit's items, put together. */
export interface VisitState {
  readonly header: HeaderItem;
  readonly details: Item;
  readonly lines: readonly PostedLine[];
  /** By number, from 1. */
  readonly settlements: readonly SettlementItem[];
  /** Which settlement took a settlement back, by its number. */
  readonly marks: ReadonlyMap<number, string>;
  /** Packed parts of settled lines, by number of the settlement. */
  readonly settledParts: ReadonlyMap<number, readonly Item[]>;
}

export const idOf = (pk: unknown, sk: unknown): string => `${String(pk)} ${String(sk)}`;
const numberIn = (sk: string): number => Number(sk.split("#")[1]);

/** Of `VISIT#<hospital>#<visitId>`. */
export const visitIdOfKey = (pk: string): string | undefined => /^VISIT#[^#]+#(.+)$/.exec(pk)?.[1];

/** A copy of both tables, kept from what each write left behind, in the shapes that the checks need. */
export class Mirror {
  readonly items = new Map<string, Item>();
  readonly #visits = new Map<string, Map<string, Item>>();
  readonly #states = new Map<string, VisitState>();
  /** Ledger entries by the settlement that they name. */
  readonly entries = new Map<string, Map<string, EntryItem>>();
  /** Every state that a visit has been in. */
  readonly statuses = new Map<string, Set<string>>();

  /** Every employer that a visit was of: linking its case may change it. */
  readonly employers = new Map<string, Set<string>>();

  constructor(items: Iterable<Item> = []) {
    for (const item of items) this.set(String(item.pk), String(item.sk), item);
  }

  get(pk: string, sk: string): Item | undefined {
    return this.items.get(idOf(pk, sk));
  }

  set(pk: string, sk: string, item: Item | undefined): void {
    const id = idOf(pk, sk);
    const visitId = visitIdOfKey(pk);
    if (visitId !== undefined) this.#setOfVisit(visitId, sk, item);
    if (pk.startsWith("LEDGER#") && !sk.startsWith("VOID#")) {
      const settlementId = String((item ?? this.items.get(id))?.settlementId);
      const entries = this.entries.get(settlementId) ?? new Map<string, EntryItem>();
      if (item === undefined) entries.delete(id);
      else entries.set(id, item as unknown as EntryItem);
      this.entries.set(settlementId, entries);
    }
    if (item === undefined) this.items.delete(id);
    else this.items.set(id, item);
  }

  /** All entries that a settlement brought about, and what was recorded of the visit while it was its latest. */
  entriesOf(settlementId: string): EntryItem[] {
    return [...(this.entries.get(settlementId)?.values() ?? [])];
  }

  /** The entry of the settlement itself. */
  ownEntry(settlementId: string): EntryItem | undefined {
    return this.entriesOf(settlementId).find(({ entryId }) => entryId === settlementId);
  }

  #setOfVisit(visitId: string, sk: string, item: Item | undefined): void {
    const partition = this.#visits.get(visitId) ?? new Map<string, Item>();
    if (item === undefined) partition.delete(sk);
    else partition.set(sk, item);
    this.#visits.set(visitId, partition);
    this.#states.delete(visitId);
    if (sk !== "HEADER" || item === undefined) return;
    this.statuses.set(visitId, (this.statuses.get(visitId) ?? new Set()).add(String(item.status)));
    const employers = this.employers.get(visitId) ?? new Set();
    this.employers.set(visitId, employers.add(String(item.employerUscc)));
  }

  visitIds(): Iterable<string> {
    return this.#visits.keys();
  }

  visit(visitId: string): VisitState | undefined {
    const known = this.#states.get(visitId);
    if (known !== undefined) return known;
    const partition = this.#visits.get(visitId);
    const header = partition?.get("HEADER");
    if (partition === undefined || header === undefined) return undefined;
    const sorted = [...partition].sort(([a], [b]) => (a < b ? -1 : 1));
    const settledParts = new Map<number, Item[]>();
    const marks = new Map<number, string>();
    const settlements: SettlementItem[] = [];
    for (const [sk, item] of sorted) {
      if (!sk.startsWith("SETTLEMENT#")) continue;
      const number = numberIn(sk);
      if (sk.endsWith("#REVERSAL")) marks.set(number, String(item.settlementId));
      else if (sk.includes("#LINES#")) settledParts.set(number, [...(settledParts.get(number) ?? []), item]);
      else settlements.push(item as unknown as SettlementItem);
    }
    const state: VisitState = {
      header: header as unknown as HeaderItem,
      details: partition.get("DETAILS") ?? {},
      lines: foldLines(sorted.flatMap(([sk, item]) => (sk.startsWith("CHARGES#") ? [item] : []))),
      settlements,
      marks,
      settledParts,
    };
    this.#states.set(visitId, state);
    return state;
  }
}
