import * as z from "zod/mini";
import { ofForm } from "./expected.ts";
import { normaliseCode } from "./identifiers.ts";

/** The category of three characters, and what follows without its dot. */
const WITHOUT_DOT = /^([A-Z]\d[\dA-Z])([\dA-Z])/;

const spellPart = (part: string): string => part.replace(WITHOUT_DOT, "$1.$2").replace(/\.+$/, "");

/**
 * A code of ICD-10 in one spelling. The official lists mix x and X (`G56.100x001`), and systems leave out the dot after
 * the category, write † as + and use full width. Codes of morphology (`M8000/3`) have no dot.
 */
export function normaliseDiagnosisCode(text: string): string {
  // The sign of a cause (†) is typed as a plus; the sign × stands in some lists where the code has an X.
  const code = normaliseCode(text.replaceAll("†", "+").replaceAll("×", "X"));
  return code.includes("/") ? code : code.split("+").map(spellPart).join("+");
}

const inOneSpelling = z.overwrite(normaliseDiagnosisCode);

/** A code of ICD-10, clinical or for insurance (医保版); a cause and its manifestation may stand together (`A17.0+G01*`). */
export const DiagnosisCode = z
  .string()
  .check(
    inOneSpelling,
    ofForm(
      /^[A-Z][0-9][0-9A-Z.+*/-]{0,19}$/,
      "ICD-10 编码，如 S62.600，至多 21 位",
      "an ICD-10 code such as S62.600, at most 21 characters",
    ),
  );

/** What the codes that an injury covers begin with. */
export const DiagnosisPrefix = z
  .string()
  .check(
    inOneSpelling,
    ofForm(
      /^[A-Z][0-9][0-9A-Z.]{0,9}$/,
      "ICD-10 编码的开头，如 S62，至多 11 位",
      "the beginning of an ICD-10 code such as S62, at most 11 characters",
    ),
  );
