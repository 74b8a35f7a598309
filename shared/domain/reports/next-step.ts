import { isStay } from "../visit-type.ts";
import type { Visit } from "../visits/visit.ts";

interface Sentence {
  readonly zh: string;
  readonly en: string;
}

type Claim = Pick<
  Visit,
  "status" | "guarantee" | "visitType" | "blockedBy" | "takenBack" | "recoverable" | "bedReleasedAt"
>;

const join = (...sentences: readonly Sentence[]): Sentence => ({
  zh: sentences.map(({ zh }) => zh).join(""),
  en: sentences.map(({ en }) => en).join(" "),
});

const inHospital: Sentence = {
  zh: "职工正在住院，出院后由医院结算。",
  en: "The worker is in hospital; the hospital settles after discharge.",
};
const bedFreed: Sentence = {
  zh: "床位已由经办机构释放，待医院补办出院后结算。",
  en: "The agency has freed the bed; the hospital still has to record the discharge.",
};
const attended: Sentence = { zh: "等待医院结算。", en: "The hospital has yet to settle the visit." };
const discharged: Sentence = {
  zh: "职工已出院，等待医院结算。",
  en: "The worker was discharged; the hospital has yet to settle.",
};

/** A visit does not know whether its case was refused before it was settled: the words hold for every decision. */
const settledByDecision: Sentence = {
  zh: "届时已认定为工伤的由基金结算，尚未作出认定的先挂账，认定作出后自动处理，不予认定的转出工伤保险。认定作出前无需垫付，也无需报送票据。",
  en: "The fund settles it if the injury is recognised by then; without a decision it is deferred until there is one, and after a refusal it leaves the fund. Until the decision nothing has to be paid in advance, no receipts are needed.",
};
const deferred: Sentence = {
  zh: "已挂账：认定为工伤后自动由基金结算，不予认定的转出工伤保险。认定作出前无需垫付，也无需报送票据。",
  en: "Deferred: it settles by itself once the injury is recognised, and leaves the fund if it is not. Until the decision nothing has to be paid in advance, no receipts are needed.",
};
const blocked: Sentence = {
  zh: "基金暂不能支付，须先由经办机构处理，详情请联系经办机构。",
  en: "The fund cannot pay yet: the agency has to act first. Ask the agency for details.",
};
const takenBack: Sentence = {
  zh: "医院已撤销认定作出后的结算，等待医院重新办理。",
  en: "The hospital took back what was settled on the decision, and has yet to settle it anew.",
};
const recoverable: Sentence = {
  zh: "工伤认定在结算后被撤销，基金已结算的部分登记为待追回，由经办机构处理。",
  en: "The recognition was revoked after the settlement: what the fund settled is recorded as owed back, and the agency deals with it.",
};
const settled: Sentence = {
  zh: "已结算。基金部分直接支付给医院；如有单位承担部分，由医院与贵单位结清。",
  en: "Settled. The fund pays the hospital directly; a part that the employer bears, if any, is due to the hospital.",
};
const released: Sentence = {
  zh: "未认定为工伤，费用转出工伤保险。",
  en: "Not recognised as a work injury; the bill left the fund.",
};
const releasedOnce: Sentence = { zh: "费用已转出工伤保险。", en: "The bill has left the fund." };
const cancelled: Sentence = {
  zh: "就诊登记已撤销，无需处理。",
  en: "The registration was cancelled; nothing is to be done.",
};

/** Of a claim that waits, or was released: who has to act, where it is not the one who decides the case. */
const whoActs = (claim: Claim): Sentence | undefined => {
  if (claim.takenBack !== undefined) return takenBack;
  return claim.blockedBy === undefined ? undefined : blocked;
};

function untilSettled(claim: Claim, first: Sentence): Sentence {
  const acts = whoActs(claim);
  if (acts !== undefined) return join(first, acts);
  return claim.guarantee === "DIRECT" ? first : join(first, settledByDecision);
}

/** Whoever has to act is there only once the refusal was overturned. */
function ofReleased(claim: Claim): Sentence {
  const next = whoActs(claim);
  return next === undefined ? released : join(releasedOnce, next);
}

function ofOpen({ visitType, bedReleasedAt }: Claim): Sentence {
  if (!isStay(visitType)) return attended;
  return bedReleasedAt === undefined ? inHospital : bedFreed;
}

function ofStatus(claim: Claim): Sentence {
  switch (claim.status) {
    case "OPEN":
      return untilSettled(claim, ofOpen(claim));
    case "DISCHARGED":
      return untilSettled(claim, discharged);
    case "DEFERRED":
      return whoActs(claim) ?? deferred;
    case "RELEASED":
      return ofReleased(claim);
    case "SETTLED":
      return settled;
    case "CANCELLED":
      return cancelled;
  }
}

/** What happens next with a claim, in words for the employer. */
export function nextStepOf(claim: Claim): Sentence {
  if (claim.recoverable === undefined) return ofStatus(claim);
  return claim.status === "SETTLED" ? recoverable : join(ofStatus(claim), recoverable);
}
