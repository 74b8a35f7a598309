import { completeIdNumber } from "../../infra/demo/check-characters.ts";

/** A person like no other in the tests, so that a trace of them anywhere is a leak. */
export const planted = {
  name: "独孤泄密",
  idNumber: completeIdNumber("99990119770707123"),
  cardNumber: "DEMO770707",
  phone: "000-77070707",
  bankAccount: "0000000000770707077",
  diagnosisCode: "S62.977",
  diagnosisName: "泄密性掌骨骨折",
  injury: "泄密伤情",
} as const;

/** What no log, error, event or masked answer may have: who it is. */
export const identity: readonly string[] = [
  planted.name,
  planted.idNumber,
  planted.cardNumber,
  planted.phone,
  planted.bankAccount,
];
/** What only the hospital that treats and the agency that decides may have: what ails them. */
export const ailment: readonly string[] = [planted.diagnosisCode, planted.diagnosisName, planted.injury];

/** What stretches of a text say that may be base64, of either alphabet. */
const decoded = (text: string): string =>
  (text.match(/[A-Za-z0-9+/_-]{8,}={0,2}/g) ?? [])
    .map((stretch) => Buffer.from(stretch, "base64").toString("utf8"))
    .join("\n");

/** What of these a text has, also where it was escaped, percent-encoded or is within what was packed in base64. */
export function findTraces(text: string, words: readonly string[]): readonly string[] {
  const whole = `${text}\n${decoded(text)}`;
  const escaped = (word: string) =>
    word.replaceAll(/[^ -~]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return words.filter((word) =>
    [word, escaped(word), encodeURIComponent(word)].some((form) => whole.includes(form)),
  );
}
