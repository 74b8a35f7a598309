import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../../functions/contract/operations.ts";
import { findOperation } from "../../support/api-event.ts";
import { CARD_NUMBER, CASE_NO, caseBody, ID_NUMBER, NAME, stateRegistry } from "../../support/demo-case.ts";
import { dumpTables } from "../../support/dump-tables.ts";
import { allowEverything, doEverything } from "../../support/everything.ts";
import { type CallInput, startTestService, type TestService } from "../../support/service.ts";
import { type Receiver, startReceiver } from "../../support/webhook-receiver.ts";

interface Entry {
  readonly kind: string;
  readonly operation: string;
  readonly who?: string;
  readonly subject: string;
  readonly seen?: readonly string[];
}

/** How often each operation did what it was asked. */
const done = new Map<string, number>();
const visitIds = new Set<string>();
let service: TestService;
let receiver: Receiver;
let entries: readonly Entry[] = [];

async function must(id: string, input: CallInput = {}) {
  const answer = await service.must(id, input);
  done.set(id, (done.get(id) ?? 0) + 1);
  if (typeof answer.body.visitId === "string") visitIds.add(answer.body.visitId);
  return answer;
}

beforeAll(async () => {
  allowEverything();
  [service, receiver] = await Promise.all([startTestService(), startReceiver()]);
  await stateRegistry({ must });
  const treated = {
    worker: { idNumber: ID_NUMBER, cardNumber: CARD_NUMBER, name: NAME },
    caseNo: CASE_NO,
    laterCaseNo: "GS-RECORD-2",
    injuries: caseBody().injuries,
    diagnoses: [{ code: "S62.301", name: "掌骨骨折", primary: true }],
  };
  await doEverything({ must }, treated, receiver.url);
  const items = await dumpTables(service);
  entries = items.flatMap((item): Entry[] => {
    const entry = String(item.pk).startsWith("AUDIT#") ? item : item.auditEntry;
    return entry === undefined ? [] : [entry as Entry];
  });
}, 60_000);
afterAll(() => receiver.stop());

const closed = operations.filter(({ roles }) => roles.length > 0);
/** A message too large for one transaction leaves an entry for each part beside its own. */
const isPart = ({ subject }: Entry): boolean => /-part-\d+$/.test(subject);
const entriesOf = (id: string): readonly Entry[] =>
  entries.filter((entry) => entry.operation === id && !isPart(entry));

describe("the audit trail", () => {
  test("was left by every operation of the list", () => {
    expect(closed.map(({ id }) => id).filter((id) => !done.has(id))).toEqual([]);
  });

  test.each(closed.map(({ id }) => id))("%s leaves what its rule says, each time, with who it was", (id) => {
    const { audit: rule } = findOperation(id);
    const kinds = entriesOf(id).map(({ kind }) => kind);
    const kind = rule === "CHANGE" ? "CHANGE" : "READ";
    expect(kinds).toEqual(rule === "NOTHING" ? [] : Array.from({ length: done.get(id) ?? 0 }, () => kind));
    for (const { who } of entriesOf(id)) expect(who).toMatch(/^demo-/);
  });

  test.each([
    "list-claims",
    "list-visits",
    "list-deferred-claims",
    "list-hospital-events",
    "list-enterprise-events",
  ])("%s leaves the visits that it told of", (id) => {
    const [entry] = entriesOf(id);
    expect(entry?.seen?.length).toBeGreaterThan(0);
    expect(entry?.seen?.filter((seen) => !visitIds.has(seen))).toEqual([]);
  });

  test("of a message, names what the message was about", () => {
    const subjects = entriesOf("get-message").map(({ subject }) => subject);
    expect(subjects.toSorted()).toEqual([
      expect.stringMatching(/^V[0-9A-Z]{20}$/),
      expect.stringMatching(/^V[0-9A-Z]{20}-1$/),
    ]);
    expect(entriesOf("get-visit")[0]?.subject).toMatch(/^V[0-9A-Z]{20}$/);
    expect(entriesOf("put-case")[0]?.subject).toBe(CASE_NO);
  });
});
