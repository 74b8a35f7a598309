import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { totalOf } from "../../../../shared/domain/bearers.ts";
import { adjudicateBill } from "../../../../shared/domain/settlements/adjudicate-bill.ts";
import { checkLines } from "../../../../shared/domain/visits/check-lines.ts";
import { limitsOf, parseBill, readBillFolder, showAdjudication } from "../../../support/example-bills.ts";
import { referenceAdjudication } from "../../../support/reference-adjudication.ts";

const testFolder = join(import.meta.dirname, "../../..");

/** Bills whose allocation others worked out: those that the project keeps, and any that lie beside it. */
const kept = readBillFolder(join(testFolder, "fixtures"));
const beside = readBillFolder(join(testFolder, "../../shared/examples"));

it("the project keeps thirty worked bills and five realistic stays", () => {
  expect(kept.length).toBe(35);
});

const folders = [
  { where: "kept in test/fixtures", bills: kept },
  { where: "of ../shared/examples (skipped where that folder is absent)", bills: beside },
];

describe.each(folders)("every example bill $where", ({ bills }) => {
  it.skipIf(bills.length === 0)("is allocated as expected, line by line and in total", () => {
    for (const { name, bill, expected } of bills) {
      expect({ name, ...showAdjudication(adjudicateBill(parseBill(bill))) }).toEqual({ name, ...expected });
    }
  });

  it.skipIf(bills.length === 0)("is allocated as expected by the reference implementation too", () => {
    for (const { name, bill, expected } of bills) {
      expect({ name, ...referenceAdjudication(bill) }).toEqual({ name, ...expected });
    }
  });

  it.skipIf(bills.length === 0)("passes the line checks", () => {
    for (const { name, bill } of bills) {
      const { lines } = parseBill(bill);
      expect({ name, faults: checkLines(lines, [], limitsOf(bill)) }).toEqual({ name, faults: [] });
    }
  });

  it.skipIf(bills.length === 0)("is borne by the six bearers to the fen, line by line and in total", () => {
    for (const { bill } of bills) {
      const { lines, total, allocation } = adjudicateBill(parseBill(bill));
      for (const { line, allocation: ofLine } of lines) expect(totalOf(ofLine)).toBe(line.gross);
      expect(totalOf(allocation)).toBe(total);
    }
  });
});
