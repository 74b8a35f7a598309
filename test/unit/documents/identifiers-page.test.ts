import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { listAuditEventsContract } from "../../../functions/audit/list-audit-events.contract.ts";
import { ofSettlement, ofVisit } from "../../../functions/kit/path-params.ts";
import { getReconciliationContract } from "../../../functions/reconciliation/get-reconciliation.contract.ts";
import { ItemCode } from "../../../shared/domain/catalogue/catalogue.ts";
import { Uscc } from "../../../shared/domain/check-characters.ts";
import { DiagnosisCode, DiagnosisPrefix } from "../../../shared/domain/diagnosis-code.ts";
import { normaliseCode, normaliseWidth } from "../../../shared/domain/identifiers.ts";
import { WorkerId } from "../../../shared/domain/ids.ts";
import { MessageKey } from "../../../shared/domain/messages/message-key.ts";
import { HospitalCode } from "../../../shared/domain/registry/hospital.ts";
import { CaseNo } from "../../../shared/domain/registry/injury-case.ts";
import { IdNumber } from "../../../shared/domain/registry/person-number.ts";
import { CardNumber } from "../../../shared/domain/registry/worker.ts";
import { ChargeLine, LineNo } from "../../../shared/domain/visits/charge-line.ts";
import { Advance, HospitalVisitNo } from "../../../shared/domain/visits/visit-requests.ts";
import { WebhookId } from "../../../shared/domain/webhooks/webhook.ts";
import { readIdentifiersPage } from "../../support/identifiers-page.ts";
import { type Leaf, leaves } from "../../support/schema-leaves.ts";

const { shape: auditQuery } = listAuditEventsContract.query;

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
  reconciliationId: getReconciliationContract.params.shape.reconciliationId,
  visitId: ofVisit.shape.visitId,
  settlementId: ofSettlement.shape.settlementId,
  workerId: WorkerId,
  institution: auditQuery.institution,
  subject: auditQuery.subject,
  who: auditQuery.who,
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

/** Fields that the page has under another name. */
const otherNames: readonly (readonly [RegExp, string])[] = [
  [/ path\/key$|\/messageKey$/, "messageKey"],
  [/hospital path\/code$|\/hospitalCodes$/, "hospitalCode"],
  [/diagnoses\/code$/, "diagnosisCode"],
  [/ path\/uscc$/, "employerUscc"],
  [/\/lineNos$/, "lineNo"],
  [/\/swapWith$/, "workerId"],
  // Made as a settlement's: the visit and a number.
  [/\/eventId$/, "settlementId"],
];
/** Days, amounts, words, places in lists, and what is compared with nothing. A new field is put here, or on the page. */
const others = [
  "1",
  "2",
  "3",
  "acceptedOn",
  "admittedAt",
  "after",
  "amount",
  "appliedOn",
  "at",
  "bankAccount",
  "bed",
  "bodyPart",
  "cursor",
  "date",
  "department",
  "description",
  "dischargedAt",
  "doctorCode",
  "effectiveFrom",
  "employer",
  "from",
  "fund",
  "fundRatio",
  "hospital",
  "hospitalItemCode",
  "injuredOn",
  "limit",
  "maxPerDay",
  "maxPerVisit",
  "mealAllowancePerDay",
  "name",
  "otherInsurer",
  "personal",
  "phone",
  "quantity",
  "reason",
  "reference",
  "reveal",
  "secret",
  "serviceAt",
  "serviceDate",
  "thirdParty",
  "to",
  "total",
  "unit",
  "unitPrice",
  "url",
  "ward",
];

const rowOf = (field: string): string =>
  otherNames.find(([name]) => name.test(field))?.[1] ?? field.slice(field.lastIndexOf("/") + 1);

describe("every text of the contract", () => {
  const isIdentifier = ({ name }: Leaf): boolean => rows.some((row) => row.name === rowOf(name));

  test("is an identifier of docs/identifiers.md, or known to be none", () => {
    const unknown = leaves
      .filter((leaf) => !isIdentifier(leaf))
      .map(({ name }) => name.slice(name.lastIndexOf("/") + 1));
    expect([...new Set(unknown)].sort()).toEqual([...others].sort());
  });

  test.each(leaves.filter(isIdentifier))("is read as docs/identifiers.md says: $name", ({ name, schema }) => {
    const row = rows.find((each) => each.name === rowOf(name));
    expect(z.safeParse(schema, row?.written).data).toBe(row?.kept);
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
