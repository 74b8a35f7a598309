import { inflateRawSync } from "node:zlib";
import type { Item } from "./values.ts";

/**
 * The tables' items as they lie there. The checks read them by these words of their own, without the service's
 * parsers: what the service misreads, the checks should not misread too.
 */
export interface HeaderItem {
  readonly visitId: string;
  readonly version: number;
  readonly marks?: number;
  readonly status: string;
  readonly visitType: string;
  readonly tier: 1 | 2 | 3;
  readonly hospitalCode: string;
  readonly hospitalVisitNo: string;
  readonly workerId: string;
  readonly caseNo?: string;
  readonly employerUscc: string;
  readonly admittedAt: string;
  readonly dischargedAt?: string;
  readonly bedReleasedAt?: string;
  readonly guarantee: string;
  readonly blockedBy?: string;
  readonly takenBack?: string;
  readonly recoverable?: number;
  readonly injuredOn: string;
  readonly updatedAt: string;
  readonly lineCount: number;
  readonly isFirstMealElsewhere?: boolean;
  readonly detailsVersion: number;
  readonly settlementCount: number;
  readonly standing: readonly {
    readonly number: number;
    readonly kind: string;
    readonly at: string;
    readonly lineCount: number;
    readonly total: number;
    readonly allocation: readonly number[];
    readonly repaid?: number;
  }[];
  readonly advances?: readonly {
    readonly paidBy: string;
    readonly amount: number;
    readonly receipt: string;
  }[];
}

export interface DetailsItem {
  readonly employerNotice?: { readonly reference: string; readonly at: string };
}

export interface SettlementItem {
  readonly settlementId: string;
  readonly visitId: string;
  readonly kind: string;
  readonly settledAt: string;
  readonly hospitalCode: string;
  readonly employerUscc: string;
  readonly visitType: string;
  readonly caseNo?: string;
  readonly policyEffectiveFrom: string;
  readonly catalogueVersion: number;
  readonly total: number;
  readonly allocation: readonly number[];
  readonly lineCount: number;
  readonly reverses?: string;
  readonly reversesKind?: string;
  readonly reversesSettledAt?: string;
  readonly linesOf?: number;
  readonly blockedBy?: string;
  readonly mealAllowance?: { readonly days: number; readonly amount: number };
  readonly repayments?: readonly {
    readonly payee: string;
    readonly amount: number;
    readonly receipt: string;
  }[];
}

export interface EntryItem {
  readonly entryId: string;
  readonly kind: string;
  readonly hospitalCode: string;
  readonly settlementId: string;
  readonly messageKey?: string;
  readonly reverses?: string;
  readonly total: number;
  readonly allocation: readonly number[];
  readonly postings: readonly {
    readonly source: string;
    readonly destination: string;
    readonly amount: number;
  }[];
}

/** What settles is the fund's; what waits for a decision, or left the fund, is not. */
export const isFunds = (kind: string | undefined): boolean => kind === "FINAL" || kind === "INTERIM";

/** The kind of a settlement; of a reversal, that of what it takes back. */
export const keptKind = ({ kind, reversesKind }: SettlementItem): string | undefined =>
  kind === "REVERSAL" ? reversesKind : kind;

/** Whether a settlement, or what a reversal takes back, is the fund's. */
export const isSummed = (settlement: SettlementItem): boolean => isFunds(keptKind(settlement));

export interface MessageItem {
  readonly barred?: true;
  readonly operation: string;
  readonly status: number;
  readonly subject: string;
  readonly answer: Uint8Array;
}

export interface SettledLineItem {
  readonly lineNo: string;
  readonly gross: number;
  readonly allocation: readonly number[];
  readonly refunds: readonly string[];
}

export interface PostedLine {
  readonly lineNo: string;
  readonly amount: number;
  readonly serviceAt: string;
  readonly by: string;
}

type Change =
  | { readonly posted: readonly Omit<PostedLine, "by">[]; readonly by: string }
  | { readonly revoked: readonly string[]; readonly by: string; readonly cancels?: string }
  | { readonly restored: string };

const texts = new WeakMap<Uint8Array, string>();

/** Deflated text, inflated once. */
export function textOf(bytes: Uint8Array): string {
  const known = texts.get(bytes);
  if (known !== undefined) return known;
  const text = inflateRawSync(bytes).toString("utf8");
  texts.set(bytes, text);
  return text;
}

/** What the log of a visit's lines comes to: the lines that stand, in their order. */
export function foldLines(parts: readonly Item[]): PostedLine[] {
  const standing = new Map<string, PostedLine>();
  const revoked = new Map<string, PostedLine[]>();
  const changes = parts.flatMap((part) => JSON.parse(textOf(part.packed as Uint8Array)) as Change[]);
  for (const change of changes) {
    if ("posted" in change) {
      for (const line of change.posted) standing.set(line.lineNo, { ...line, by: change.by });
    } else if ("revoked" in change) {
      const gone = change.revoked.flatMap((lineNo) => standing.get(lineNo) ?? []);
      for (const { lineNo } of gone) standing.delete(lineNo);
      revoked.set(change.by, [...(revoked.get(change.by) ?? []), ...gone]);
      const { cancels } = change;
      for (const [by, each] of revoked)
        revoked.set(
          by,
          each.filter((line) => line.by !== cancels),
        );
    } else {
      for (const line of revoked.get(change.restored) ?? []) standing.set(line.lineNo, line);
    }
  }
  return [...standing.values()];
}

export const sumOf = (amounts: Iterable<number>): number => {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return sum;
};
