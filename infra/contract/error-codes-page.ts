import { catalogueWarningTexts } from "../../shared/domain/catalogue/catalogue-warning-texts.ts";
import { type FailureCode, failureTexts } from "../../shared/domain/failures.ts";
import { adviceForMessages } from "../../shared/http/failure-advice.ts";
import { failureStatus } from "../../shared/http/failure-status.ts";
import { fieldFaultTexts } from "../../shared/http/fault-texts.ts";
import { fullAdvice } from "../../shared/http/full-advice.ts";

const NOTICE = `Every refusal is problem+json (RFC 9457) with one of these codes. It changes no claim, figure or statement; an hourly count of look-ups and an entry of the audit trail may be written. Codes are stable; sentences may change.
\`action\` says what to do, as the last column has it; of a call that takes no \`Idempotency-Key\` it leaves the key out.
\`errors\` names each fault with a pointer, a code of its own and, where there are such, the values, the limit or the form that the place takes. Made by \`npm run openapi\`; a test fails where it is out of date.`;

const HEADINGS = ["code", "status", "中文", "English", "该怎么办 · what to do"];

const isFailureCode = (code: string): code is FailureCode => Object.hasOwn(failureTexts, code);

function toRow(code: FailureCode): string {
  const { zh, en, retryable } = failureTexts[code];
  const status = failureStatus[code];
  const advice = fullAdvice[code] ?? adviceForMessages[status];
  const todo = advice === undefined ? "" : `${advice.zh} · ${advice.en}`;
  return `| \`${code}\` | ${status}${retryable ? " ↻" : ""} | ${zh} | ${en} | ${todo} |`;
}

const toTable = (headings: readonly string[], rows: readonly string[]): string =>
  [`| ${headings.join(" | ")} |`, `|${"---|".repeat(headings.length)}`, ...rows].join("\n");

const FAULTS = `## errors 中的代码 · Codes of single faults

In \`errors\`, beside the pointer; a code of the table above may stand there too, such as that of one charge line.`;

/**
 * All refusals in one table, in the order of the catalogue of failures, then the faults of single fields and the warnings of a catalogue; ↻ marks
 * refusals worth sending again.
 */
export function makeErrorCodesPage(): string {
  const refusals = toTable(HEADINGS, Object.keys(failureTexts).filter(isFailureCode).map(toRow));
  const texts = { ...fieldFaultTexts, ...catalogueWarningTexts };
  const faults = Object.entries(texts).map(([code, [zh, en]]) => `| \`${code}\` | ${zh} | ${en} |`);
  const fields = toTable(["code", "中文", "English"], faults);
  return `# 错误码 · Error codes\n\n${NOTICE} ↻: retryable.\n\n${refusals}\n\n${FAULTS}\n\n${fields}\n`;
}
