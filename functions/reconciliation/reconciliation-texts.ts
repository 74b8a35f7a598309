import type { Action, Remedy } from "../../shared/domain/reconciliation/difference.ts";
import type { ReconciliationStatus } from "../../shared/domain/reconciliation/reconciliation.ts";

interface Sentence {
  readonly zh: string;
  readonly en: string;
}

const nextSteps = {
  AGREED: { zh: "双方一致，当日对账完成。", en: "Both sides agree; the day is done." },
  DIFFERS: {
    zh: "总额不一致：请上传明细（details，每次至多 1000 行；笔数多时用 upload），逐笔查出差异。",
    en: "The totals differ: post the details (up to 1,000 rows a call), or upload them as a file, to see every difference.",
  },
  ROWS_TO_COME: {
    zh: "已收到；请继续上传其余明细，最后一次将 last 置为 true。",
    en: "Received; post the rest, with last: true on the last call.",
  },
  COMPARING: {
    zh: "文件已收到，正在逐笔比对，请稍后查询。",
    en: "The file has arrived and is being compared; ask again a little later.",
  },
  COMPARED: {
    zh: "差异已逐笔列出：按每笔的 action 处理后，重新上报当日总额。",
    en: "Every difference is listed: do what each one's action says, then post the day's totals again.",
  },
  FAILED: {
    zh: "文件有误，未作比对：按 faults 改正后重新取得上传地址再传。",
    en: "The file has faults and was not compared: mend them as listed, then ask for another upload.",
  },
  CHANGED_SINCE: {
    zh: "对账一致之后当日又有结算、撤销或冲正，请重新上报当日总额。",
    en: "The day was altered after it agreed, by a settlement, a reversal or a cancellation: post its totals again.",
  },
  UPLOAD: {
    zh: "请在有效期内以 PUT 方式上传 CSV（可用 gzip 压缩），然后查询对账结果。",
    en: "PUT the CSV (gzip is fine) before the URL expires, then read the reconciliation.",
  },
} as const satisfies Record<ReconciliationStatus | "ROWS_TO_COME" | "UPLOAD", Sentence>;

export const nextStepOf = (status: keyof typeof nextSteps): Sentence => nextSteps[status];

const message = ({ messageKey }: Action) => ({
  zh: messageKey === undefined ? "原报文" : `报文 ${messageKey}`,
  en: messageKey === undefined ? "the message" : `message ${messageKey}`,
});

const settlement = ({ settlementId }: Action) => ({
  zh: settlementId === undefined ? "该笔结算" : `结算 ${settlementId}`,
  en: settlementId === undefined ? "the settlement" : `settlement ${settlementId}`,
});

const day = ({ day: on }: Action) => ({ zh: on ?? "另一日", en: on ?? "another day" });

const sentences: Readonly<Record<Remedy, (action: Action) => Sentence>> = {
  RECORD_OR_CANCEL: (action) => ({
    zh: `在院内补记${settlement(action).zh}；如不应结算，冲正${message(action).zh}。`,
    en: `Record ${settlement(action).en} in your books; if it should not be, cancel ${message(action).en}.`,
  }),
  RECORD_OR_REVERSE: (action) => ({
    zh: `在院内补记${settlement(action).zh}；如不应结算，撤销该笔结算。`,
    en: `Record ${settlement(action).en} in your books; if it should not be, reverse it.`,
  }),
  REPOST_MESSAGE: (action) => ({
    zh: `基金方没有这一笔：用同一报文编号（Idempotency-Key）重发${message(action).zh}；如不应有，从院内账中去掉并冲正该报文。`,
    en: `The fund does not have it: send ${message(action).en} again with the same key; if it should not be, take it out of your books and cancel the message.`,
  }),
  SETTLE_OR_REMOVE: () => ({
    zh: "基金方没有这一笔：对该次就诊办理结算，或从院内账中去掉。",
    en: "The fund does not have it: settle the visit, or take it out of your books.",
  }),
  CORRECT_AMOUNTS: (action) => ({
    zh: `以${settlement(action).zh}的金额为准改正院内账；如账单本身有误，撤销后重新结算。`,
    en: `Correct your books to the amounts of ${settlement(action).en}; if the bill itself is wrong, reverse it and settle again.`,
  }),
  REMOVE_DUPLICATE: (action) => ({
    zh: `院内重复记了${settlement(action).zh}，去掉这一笔。`,
    en: `Your books have ${settlement(action).en} twice: take this one out.`,
  }),
  COUNT_ON_DAY: (action) => ({
    zh: `${settlement(action).zh}属于 ${day(action).zh}，请计入该日。`,
    en: `The fund has ${settlement(action).en} on ${day(action).en}: count it on that day.`,
  }),
  RECORD_REVERSAL: (action) => ({
    zh: `基金方已撤销${settlement(action).zh}：在院内补记撤销；如不应撤销，冲正${message(action).zh}。`,
    en: `The fund has reversed ${settlement(action).en}: record the reversal; if it should stand, cancel ${message(action).en}.`,
  }),
  REVERSE_OR_CANCEL: (action) => ({
    zh: `基金方没有这笔撤销：撤销${settlement(action).zh}，或在院内取消这笔撤销。`,
    en: `The fund has no such reversal: reverse ${settlement(action).en}, or take the reversal out of your books.`,
  }),
  REMOVE_CANCELLED: (action) => ({
    zh: `${message(action).zh}已冲正，双方都不计：从院内账中去掉；仍需办理的，用新的报文编号另发。`,
    en: `It was cancelled (${message(action).en}) and counts for neither side: take it out of your books; if it is still wanted, send it as a new message.`,
  }),
};

/** What to do about a difference, in both languages. */
export const sentenceOf = (action: Action): Sentence => sentences[action.do](action);
