import { describe, expect, it } from "vitest";
import { allStatements, type Granted, keysOf } from "./policies.ts";
import { resourcesOf, stagesUnderTest, synthesise } from "./synthesise.ts";

/** What each function reads of a table, by partition key; of an index it reads what its index holds. */
const reads = {
  Registry: {
    Hospital: [
      "CASE_OWNER#*",
      "EMPLOYER#*",
      "HOSPITAL#*",
      "ITEM#*",
      "PERSON#*",
      "POLICY",
      "REFERENCE",
      "WORKER#*",
    ],
    Enterprise: ["EMPLOYER#*", "HOSPITAL#*"],
    Finance: ["POLICY", "REFERENCE", "WORKER#*"],
    Agency: ["everything"],
    followcasedecision: ["CASE_OWNER#*", "EMPLOYER#*", "ITEM#*", "POLICY", "REFERENCE", "WORKER#*"],
    raiseoverdueclaims: ["POLICY", "REFERENCE", "WORKER#*"],
    rotatekeys: ["WORKER#*", "everything"],
  },
  Ledger: {
    Hospital: [
      "CASE_EMPLOYER#*",
      "DELIVERIES#*",
      "LEDGER#*",
      "LOOKUPS#*",
      "MESSAGE#*",
      "RECONCILIATION#*",
      "STAY#*",
      "SUMMARY#*",
      "VISIT#*",
      "VISIT_NUMBER#*",
      "WEBHOOKS#*",
    ],
    Enterprise: ["CLAIM#*", "DELIVERIES#*", "MESSAGE#*", "WEBHOOKS#*"],
    Finance: ["LEDGER#*", "RECONCILIATION#*", "SUMMARY#*"],
    Agency: [
      "CASE#*",
      "CASE_EMPLOYER#*",
      "CLAIM#*",
      "DELIVERIES#*",
      "EVENTS#*",
      "MESSAGE#*",
      "REMOVED_PERIODS#*",
      "STAY#*",
      "VISIT#*",
      "WEBHOOKS#*",
      "WORKER_NUMBER#*",
    ],
    Auditor: ["AUDIT#*", "EVENTS#*"],
    CompareReconciliation: ["LEDGER#*", "MESSAGE#*", "RECONCILIATION#*", "VISIT#*"],
    followcasedecision: ["CASE#*", "EMPLOYER_CASES#*", "EVENTS#*", "UNLINKED#*", "VISIT#*"],
    deliverwebhooks: ["DELIVERIES#*", "EVENTS#*", "WEBHOOKS#*", "WEBHOOK_DUE#*"],
    raiseoverdueclaims: ["VISIT#*"],
    sealaudittrail: ["AUDIT#*", "EVENTS#*", "SEALS#*"],
  },
} as const;

/** What each function puts into the Ledger, but for the audit entries that all of them leave. */
const puts = {
  Hospital: [
    "CASE#*",
    "CASE_EMPLOYER#*",
    "CLAIM#*",
    "DELIVERIES#*",
    "EVENTS#*",
    "LEDGER#*",
    "MESSAGE#*",
    "RECONCILIATION#*",
    "STAY#*",
    "UNLINKED#*",
    "VISIT#*",
    "VISIT_NUMBER#*",
    "WEBHOOKS#*",
    "WEBHOOK_DUE#*",
  ],
  Enterprise: ["DELIVERIES#*", "MESSAGE#*", "WEBHOOKS#*", "WEBHOOK_DUE#*"],
  Agency: [
    "CASE#*",
    "CASE_EMPLOYER#*",
    "CLAIM#*",
    "DELIVERIES#*",
    "EMPLOYER_CASES#*",
    "EVENTS#*",
    "LEDGER#*",
    "MESSAGE#*",
    "REMOVED_PERIODS#*",
    "STAY#*",
    "VISIT#*",
    "WEBHOOKS#*",
    "WEBHOOK_DUE#*",
    "WORKER_NUMBER#*",
  ],
  CompareReconciliation: ["RECONCILIATION#*"],
  followcasedecision: ["CASE#*", "CASE_EMPLOYER#*", "CLAIM#*", "EVENTS#*", "LEDGER#*", "VISIT#*"],
  deliverwebhooks: ["DELIVERIES#*", "WEBHOOK_DUE#*"],
  raiseoverdueclaims: ["EVENTS#*", "VISIT#*"],
  sealaudittrail: ["SEALS#*"],
} as const;

/** Whether a granted pattern lets a key with such a beginning through. */
const reaches = (pattern: string, beginning: string): boolean => {
  const fixed = pattern.replace(/\*$/, "");
  return fixed.startsWith(beginning) || (pattern.endsWith("*") && beginning.startsWith(fixed));
};

const isOn = (table: "Registry" | "Ledger", { Action, Resource }: Granted): boolean =>
  Action.some((action) => action.startsWith("dynamodb:")) &&
  JSON.stringify(Resource).includes(`GetAtt${table}`);
const isOnIndex = ({ Resource }: Granted): boolean => JSON.stringify(Resource).includes('"/index/');
const isOnStream = ({ Action }: Granted): boolean => Action.includes("dynamodb:GetRecords");

function byRole(statements: readonly Granted[]): Record<string, readonly string[]> {
  const roles: Record<string, string[]> = {};
  for (const statement of statements) {
    const { of } = statement;
    roles[of] = [...new Set([...(roles[of] ?? []), ...(keysOf(statement) ?? ["everything"])])].toSorted();
  }
  return roles;
}

describe.each(stagesUnderTest)("every role of stage %s", (name) => {
  const synthesised = synthesise(name);
  const statements = allStatements(synthesised);
  const onTable = (table: "Registry" | "Ledger", action: RegExp) =>
    statements.filter(
      (each) =>
        isOn(table, each) &&
        !isOnIndex(each) &&
        !isOnStream(each) &&
        each.Action.some((one) => action.test(one)),
    );

  it("has all of its grants in policies that these tests read, and none that AWS keeps", () => {
    const roles = Object.values(synthesised.templates).flatMap((template) => [
      ...resourcesOf(template, "AWS::IAM::Role").values(),
    ]);
    expect(roles).toHaveLength(14);
    for (const { Properties } of roles) {
      expect(Properties).not.toHaveProperty("Policies");
      expect(Properties).not.toHaveProperty("ManagedPolicyArns");
    }
    expect(new Set(statements.map(({ of }) => of)).size).toBe(roles.length);
    for (const template of Object.values(synthesised.templates))
      expect(resourcesOf(template, "AWS::IAM::ManagedPolicy").size).toBe(0);
  });

  it("names every action in full", () => {
    for (const { of, Action } of statements)
      for (const action of Action) expect(action, of).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
  });

  it("names every resource, but for X-Ray and the list of streams, which have none, and the keys of uploads", () => {
    for (const { of, Action, Resource } of statements) {
      if (Action.every((action) => action.startsWith("xray:") || action === "dynamodb:ListStreams")) continue;
      const isUpload = Action.every((action) => action.startsWith("s3:"));
      const text = JSON.stringify(Resource);
      expect(isUpload ? text.replace("/reconciliations/*", "") : text, of).not.toContain("*");
    }
  });

  it("has each action on a table in one statement, because a transaction may be judged with all of its keys at once", () => {
    const granted = (["Registry", "Ledger"] as const).flatMap((table) =>
      onTable(table, /^dynamodb:/).flatMap(({ of, Action }) =>
        Action.map((action) => `${of} ${action} ${table}`),
      ),
    );
    expect(granted.length).toBeGreaterThan(40);
    expect(granted.filter((each, index) => granted.indexOf(each) !== index)).toEqual([]);
  });

  it.each(["Registry", "Ledger"] as const)("reads no more of the %s than its work needs", (table) => {
    expect(byRole(onTable(table, /:(?:Get|BatchGet|Query|Scan)/))).toEqual(reads[table]);
  });

  it("writes nothing to the Ledger but items whose kind is named", () => {
    const writing = onTable("Ledger", /:(?!Get|BatchGet|Query)/);
    expect(writing.length).toBeGreaterThan(10);
    for (const statement of writing) {
      const keys = keysOf(statement);
      expect(keys, statement.of).toBeDefined();
      for (const key of keys ?? []) expect(key, statement.of).toMatch(/^[A-Z_]+#\*$/);
    }
    const others = Object.entries(byRole(onTable("Ledger", /:PutItem$/)))
      .map(([of, keys]) => [of, keys.filter((key) => key !== "AUDIT#*")] as const)
      .filter(([, keys]) => keys.length > 0);
    expect(Object.fromEntries(others)).toEqual(puts);
  });

  it("updates nothing of the Ledger but sums and counts, and deletes nothing but what holds a place or is due", () => {
    expect(byRole(onTable("Ledger", /:UpdateItem$/))).toEqual({
      Hospital: ["LOOKUPS#*", "SUMMARY#*"],
      followcasedecision: ["SUMMARY#*"],
    });
    expect(byRole(onTable("Ledger", /:DeleteItem$/))).toEqual({
      Hospital: ["VISIT_NUMBER#*"],
      deliverwebhooks: ["WEBHOOK_DUE#*"],
    });
    expect(byRole(onTable("Registry", /:(?:Update|Delete)Item$/))).toEqual({
      Agency: ["PERSON#*"],
      rotatekeys: ["PERSON#*"],
    });
    const writing = /:(?:Put|Update|Delete|BatchWrite|PartiQL|Transact|Import|Restore)/;
    const actions = statements.flatMap(({ Action }) => Action.filter((action) => writing.test(action)));
    const ofItems = new Set(actions.filter((action) => action.startsWith("dynamodb:")));
    expect([...ofItems].toSorted()).toEqual([
      "dynamodb:DeleteItem",
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
    ]);
  });

  it("puts audit entries at most: none but the sealing job puts seals, none alters what is settled or on record", () => {
    const grantsOn = (beginning: string, action: RegExp) =>
      onTable("Ledger", action).filter((each) =>
        (keysOf(each) ?? ["*"]).some((pattern) => reaches(pattern, beginning)),
      );
    expect(grantsOn("SEALS#", /:PutItem$/).map(({ of }) => of)).toEqual(["sealaudittrail"]);
    for (const kept of ["AUDIT#", "EVENTS#", "LEDGER#", "VISIT#", "CLAIM#", "MESSAGE#", "SEALS#"])
      expect(grantsOn(kept, /:(?:Update|Delete)/), kept).toEqual([]);
    const leaving = new Set(grantsOn("AUDIT#", /:PutItem$/).map(({ of }) => of));
    const silent = ["Public", "deliverwebhooks", "sealaudittrail", "Events", "Webhooks"];
    expect([...leaving, ...silent].toSorted()).toEqual(
      [...new Set(statements.map(({ of }) => of))].toSorted(),
    );
  });

  it("reads the whole of no table but the job that replaces keys, and of no table but the Registry", () => {
    const scanning = statements.filter(({ Action }) => Action.includes("dynamodb:Scan"));
    expect(scanning.map(({ of }) => of)).toEqual(["rotatekeys"]);
    expect(scanning.every((each) => isOn("Registry", each) && !isOn("Ledger", each))).toBe(true);
  });
});
