import type { VisitState } from "./mirror.ts";
import { isFunds, sumOf } from "./stored.ts";
import { demand } from "./violation.ts";

type Amounts = ReadonlyMap<string, number>;

/** What each advance gets of an amount, when they are paid back one after the other. */
function inOrder(advances: NonNullable<VisitState["header"]["advances"]>, amount: number): Amounts {
  let left = amount;
  const parts = new Map<string, number>();
  for (const { receipt, amount: advanced } of advances) {
    const part = Math.min(advanced, left);
    if (part > 0) parts.set(receipt, part);
    left -= part;
  }
  return parts;
}

/** What the standing settlements pay back, by receipt. */
function repaidByReceipt({ header, settlements }: VisitState): Amounts {
  const parts = new Map<string, number>();
  for (const { number } of header.standing) {
    for (const { receipt, amount } of settlements[number - 1]?.repayments ?? []) {
      parts.set(receipt, (parts.get(receipt) ?? 0) + amount);
    }
  }
  return parts;
}

const same = (a: Amounts, b: Amounts): boolean =>
  a.size === b.size && [...a].every(([receipt, amount]) => b.get(receipt) === amount);

/** What is to be paid back of a visit as it stands: its advances, as far as the fund's part of it reaches. */
function dueOf({ standing, advances = [] }: VisitState["header"]): number {
  const fund = sumOf(
    standing.filter(({ kind }) => isFunds(kind)).map(({ allocation }) => allocation[0] ?? 0),
  );
  return Math.min(fund, sumOf(advances.map(({ amount }) => amount)));
}

/**
 * Advances are paid back in their order, never more than is due. Once the visit is settled it is all that is due,
 * and so it is at the moment (`isNew`) at which anything of it is settled.
 */
export function checkAdvances(state: VisitState, isNew = false): void {
  const { header } = state;
  const repaid = repaidByReceipt(state);
  const total = sumOf(repaid.values());
  const due = dueOf(header);
  const about = () => [header, Object.fromEntries(repaid), { total, due }];
  demand(same(repaid, inOrder(header.advances ?? [], total)), "advances are paid back in their order", about);
  demand(total <= due, "no more is paid back than was advanced and the fund has paid", about);
  const isAll = isNew || header.standing.at(-1)?.kind === "FINAL";
  demand(!isAll || total === due, "what is due of advances is paid back once, over the whole visit", about);
}
