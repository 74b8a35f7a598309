import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { hospitalOperations } from "../../functions/hospital/operations.ts";
import { ofSettlement, ofVisit } from "../../functions/visit/path-params.ts";
import { ChargeLine, LineNo } from "../../shared/domain/charges/charge-line.ts";
import { Uscc } from "../../shared/domain/check-characters.ts";
import { DiagnosisCode, DiagnosisPrefix } from "../../shared/domain/diagnosis-code.ts";
import { normaliseCode, normaliseWidth } from "../../shared/domain/identifiers.ts";
import { WorkerId } from "../../shared/domain/ids.ts";
import { MessageKey } from "../../shared/domain/message-key.ts";
import { ItemCode } from "../../shared/domain/registry/catalogue.ts";
import { HospitalCode } from "../../shared/domain/registry/hospital.ts";
import { CaseNo } from "../../shared/domain/registry/injury-case.ts";
import { IdNumber } from "../../shared/domain/registry/person-number.ts";
import { CardNumber } from "../../shared/domain/registry/worker.ts";
import { Advance, HospitalVisitNo } from "../../shared/domain/visit/visit-requests.ts";
import { WebhookId } from "../../shared/domain/webhooks/webhook.ts";
import { readIdentifiersPage } from "../support/identifiers-page.ts";

const schemas: Readonly<Record<string, z.core.$ZodType>> = {
  idNumber: IdNumber,
  cardNumber: CardNumber,
  employerUscc: Uscc,
  hospitalCode: HospitalCode,
  caseNo: CaseNo,
  itemCode: ItemCode,
  diagnosisCode: DiagnosisCode,
  diagnosisPrefixes: DiagnosisPrefix,
  receipt: Advance.shape.receipt,
  hospitalVisitNo: HospitalVisitNo,
  lineNo: LineNo,
  refundOf: ChargeLine.shape.refundOf,
  webhookId: WebhookId,
  reconciliationId: hospitalOperations.getReconciliation.params.shape.reconciliationId,
  visitId: ofVisit.shape.visitId,
  settlementId: ofSettlement.shape.settlementId,
  workerId: WorkerId,
  messageKey: MessageKey,
};

const rows = readIdentifiersPage();

describe("docs/identifiers.md", () => {
  test("has a row for each identifier that is compared", () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(schemas).sort());
  });

  test.each(rows)("says how $name is read: $rule", ({ name, rule, written, kept }) => {
    const schema = schemas[name] ?? z.never();
    const read = (text: string): unknown => z.safeParse(schema, text).data;
    expect(read(written)).toBe(kept);
    const lower = kept.toLowerCase();
    const expected = { "one spelling": kept, diagnosis: kept, "one width": lower, exact: lower }[rule];
    expect(read(lower)).toBe(expected);
    const wide = kept.replaceAll(/[!-~]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));
    expect(read(`\u3000${wide} `)).toBe(rule === "exact" ? undefined : kept);
  });
});

describe("an identifier in one spelling", () => {
  test("is spelt the same when it is spelt again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const spell of [normaliseCode, normaliseWidth]) expect(spell(spell(text))).toBe(spell(text));
      }),
    );
  });

  test("takes no other letter for one of a code", () => {
    expect(normaliseCode("ıſßАa")).toBe("ıſßАA");
  });

  test("is not worked on where it is longer than any identifier", () => {
    const text = "ａ".repeat(401);
    expect(normaliseCode(text)).toBe(text);
  });
});
