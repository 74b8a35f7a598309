import * as z from "zod/mini";
import { Uscc } from "../../shared/domain/check-characters.ts";
import { DaySchema, InstantSchema } from "../../shared/domain/dates.ts";
import { QUANTITY_DECIMALS, RATIO_DECIMALS, UNIT_PRICE_DECIMALS } from "../../shared/domain/decimal.ts";
import {
  FundRatio,
  PositiveQuantity,
  PriceCap,
  SignedQuantity,
  SignedYuan,
  UnitPrice,
  Yuan,
} from "../../shared/domain/money.ts";
import { IdNumber } from "../../shared/domain/registry/person-number.ts";
import { CardNumber } from "../../shared/domain/registry/worker.ts";
import {
  Amount,
  DayText,
  InstantText,
  MAX_ITEMS_OF_PAGE,
  MAX_ROWS_OF_PAGE,
  pageShape,
  reportPageShape,
} from "../kit/views.ts";
import { bothLanguages, type JsonSchema } from "./openapi-document.ts";

/**
 * What readers should know of a schema that is not a component. They stand here and not with the schemas, so that
 * only the function that serves the contract carries them. Schemas derived by further checks inherit them.
 */
export const schemaNotes = z.registry<JsonSchema>();

const note = (schema: z.core.$ZodType, zh: string, en: string, more: JsonSchema): void => {
  schemaNotes.add(schema, { description: bothLanguages({ zh, en }), ...more });
};

/** As `parseDecimal` reads it: zeros beyond the allowed decimals are exact. */
const decimalPattern = (decimals: number, sign = ""): string =>
  `^${sign}\\d{1,12}(\\.\\d{1,${decimals}}0*)?$`;

const decimal = (
  schema: z.core.$ZodType,
  decimals: number,
  example: string,
  [zh, en]: readonly [string, string],
  sign = "",
): void =>
  note(
    schema,
    `${zh}，至多 ${decimals} 位小数；字符串，或能精确表示的 JSON 数字`,
    `${en} with up to ${decimals} decimals: a string, or a JSON number where it is exact`,
    { pattern: decimalPattern(decimals, sign), examples: [example] },
  );

decimal(Yuan, 2, "18.00", ["金额（元）", "An amount in yuan"]);
decimal(SignedYuan, 2, "128.50", ["金额（元），退费为负", "An amount in yuan, negative on a refund,"], "-?");
decimal(UnitPrice, UNIT_PRICE_DECIMALS, "12.85", ["单价（元）", "A unit price in yuan"]);
decimal(PriceCap, 8, "15.00", ["限价（元）", "A price cap in yuan"]);
decimal(
  SignedQuantity,
  QUANTITY_DECIMALS,
  "2",
  ["数量，退费为负", "A quantity, negative on a refund,"],
  "-?",
);
decimal(PositiveQuantity, QUANTITY_DECIMALS, "1", ["数量", "A quantity"]);
decimal(FundRatio, RATIO_DECIMALS, "0.8", ["0 至 1 的比例", "A share from 0 to 1"]);

const DAY = "2026-11-02";
note(DaySchema, "日期 YYYY-MM-DD，北京时间", "A day YYYY-MM-DD in Asia/Shanghai", {
  format: "date",
  examples: [DAY],
});
note(
  InstantSchema,
  "带时区的 RFC 3339 时间；按北京时间记录",
  "An RFC 3339 instant with its offset; kept in Asia/Shanghai",
  { format: "date-time", examples: [`${DAY}T09:30:00+08:00`] },
);
schemaNotes.add(DayText, { format: "date", examples: [DAY] });
schemaNotes.add(InstantText, { format: "date-time", examples: [`${DAY}T09:30:00+08:00`] });
schemaNotes.add(Amount, { examples: ["128.50"] });

schemaNotes.add(IdNumber, { examples: ["999901198103290004"] });
schemaNotes.add(CardNumber, { examples: ["DEMO000001"] });
schemaNotes.add(Uscc, { examples: ["91999999DEM000006M"] });

for (const [{ limit }, maximum] of [
  [pageShape, MAX_ITEMS_OF_PAGE],
  [reportPageShape, MAX_ROWS_OF_PAGE],
] as const) {
  schemaNotes.add(limit, { type: "integer", minimum: 1, maximum, default: maximum });
}
