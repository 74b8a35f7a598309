import type { Instant } from "../dates.ts";

/**
 * What a seal states of one shard of the audit trail: every entry with a time from `from` until before `until`, in
 * order, and the hash of the seal before. The hash of a seal covers all of it, so seals are a chain.
 */
export interface Seal {
  readonly shard: number;
  readonly from: Instant;
  readonly until: Instant;
  /** Hash of the seal that ends at `from`; empty for the first one. */
  readonly previous: string;
  readonly entries: readonly SealedEntry[];
  readonly hash: string;
}

/** Where an entry lies among those of its shard, and the hash of its content. */
export type SealedEntry = readonly [place: string, hash: string];

export type SealFault = "ENTRY_ALTERED" | "ENTRY_REMOVED" | "ENTRY_ADDED";

/** How the entries that are there differ from those that were sealed, place by place. */
export function compareEntries(
  sealed: readonly SealedEntry[],
  found: readonly SealedEntry[],
): { readonly fault: SealFault; readonly place: string }[] {
  const foundBy = new Map(found);
  const sealedBy = new Map(sealed);
  const lost = sealed.flatMap(([place, hash]) => {
    const present = foundBy.get(place);
    if (present === hash) return [];
    return [{ fault: present === undefined ? "ENTRY_REMOVED" : "ENTRY_ALTERED", place } as const];
  });
  const added = found
    .filter(([place]) => !sealedBy.has(place))
    .map(([place]) => ({ fault: "ENTRY_ADDED", place }) as const);
  return [...lost, ...added];
}
