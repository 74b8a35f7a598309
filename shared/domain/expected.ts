import * as z from "zod/mini";
import type { Day } from "./dates.ts";

/** What the place of a fault takes, for whoever sent something else. Numbers are written as the wire has them. */
export type Expected =
  | { readonly kind: "VALUES"; readonly values: readonly string[] }
  | { readonly kind: "TYPES"; readonly types: readonly string[] }
  | { readonly kind: "FORM"; readonly zh: string; readonly en: string }
  | { readonly kind: "DECIMALS"; readonly decimals: number }
  | { readonly kind: "AMOUNT"; readonly amount: string }
  | {
      readonly kind: "CHARACTERS" | "ITEMS" | "BYTES" | "NUMBER";
      readonly least?: string;
      readonly most?: string;
    }
  /** The day that was given, of which charge line (by its place in the message, or by its number where it came before), and the days that may be. */
  | {
      readonly kind: "DAYS";
      readonly on: Day;
      readonly place?: number;
      readonly lineNo?: string;
      readonly from?: Day | undefined;
      readonly to?: Day | undefined;
    };

/** How a check of a schema says what it takes: `z.refine(isGood, { error, ...takes({ kind: "DECIMALS", decimals: 2 }) })`. */
export const takes = (expected: Expected) => ({ params: { expected } });

/** A text of a form, which is told in words to whoever sends another one. */
export const ofForm = (pattern: RegExp, zh: string, en: string) =>
  z.regex(pattern, { error: `${zh} · ${en}` });
