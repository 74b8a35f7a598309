import { type Amounts, addAmounts, NO_AMOUNTS } from "../amounts.ts";
import { settledAmounts, type Visit } from "../visit/visit.ts";
import { isStay } from "../visit/visit-type.ts";

interface Sentence {
  readonly zh: string;
  readonly en: string;
}

const provisional: Sentence = {
  zh: "工伤认定作出后自动结算,无需先垫付,也无需报送票据。",
  en: "It will settle by itself once the case is decided; nothing has to be paid in advance, no receipts are needed.",
};

/** What happens next with a claim, in words for the employer. */
export function nextStepOf(visit: Pick<Visit, "status" | "guarantee" | "visitType">): Sentence {
  switch (visit.status) {
    case "OPEN":
      if (visit.guarantee === "PROVISIONAL") return provisional;
      return isStay(visit.visitType)
        ? {
            zh: "职工正在住院,出院后由医院结算。",
            en: "The worker is in hospital; the hospital settles after discharge.",
          }
        : { zh: "等待医院结算。", en: "The hospital has yet to settle the visit." };
    case "DISCHARGED":
      if (visit.guarantee === "PROVISIONAL") return provisional;
      return {
        zh: "职工已出院,等待医院结算。",
        en: "The worker was discharged; the hospital has yet to settle.",
      };
    case "DEFERRED":
      return provisional;
    case "SETTLED":
      return {
        zh: "已结算。基金部分直接支付给医院;如有单位承担部分,由医院与贵单位结清。",
        en: "Settled. The fund pays the hospital directly; a part that the employer bears, if any, is due to the hospital.",
      };
    case "RELEASED":
      return {
        zh: "未认定为工伤,费用转出工伤保险。",
        en: "Not recognised as a work injury; the bill left the fund.",
      };
    case "CANCELLED":
      return {
        zh: "就诊登记已撤销,无需处理。",
        en: "The registration was cancelled; nothing is to be done.",
      };
  }
}

export interface ClaimGroup extends Amounts {
  readonly key: string;
  readonly count: number;
}

export const claimGroupings = ["status", "month"] as const;
export type ClaimGrouping = (typeof claimGroupings)[number];

const keyOf = (claim: Visit, groupBy: ClaimGrouping): string =>
  groupBy === "status" ? claim.status : claim.admittedAt.slice(0, 7);

/**
 * Claims and what was settled of them, by status or by month of admission, added to what earlier ones came to; rows
 * sorted by key.
 */
export function summariseClaims(
  claims: Iterable<Visit>,
  groupBy: ClaimGrouping,
  earlier: readonly ClaimGroup[] = [],
): ClaimGroup[] {
  const groups = new Map(earlier.map((group) => [group.key, group]));
  for (const claim of claims) {
    const key = keyOf(claim, groupBy);
    const group = groups.get(key) ?? { key, count: 0, ...NO_AMOUNTS };
    const sums = addAmounts(group, settledAmounts(claim) ?? NO_AMOUNTS);
    groups.set(key, { key, count: group.count + 1, ...sums });
  }
  return [...groups.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
