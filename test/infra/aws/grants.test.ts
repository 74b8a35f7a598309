import { describe, expect, it } from "vitest";
import type { Audience } from "../../../functions/kit/operation.ts";
import { audiences } from "../../../infra/aws/audiences.ts";
import { dueKeys, guardKeys, lookupKeys, messageKeys, webhookKeys } from "../../../infra/aws/table-access.ts";
import { day } from "../../../shared/domain/dates.ts";
import {
  ledgerKeys,
  registryKeys,
  webhookKeys as storedWebhookKeys,
} from "../../../shared/store/kit/keys.ts";
import { statementsOf, statementsWith, tableActions } from "./policies.ts";
import { stagesUnderTest, synthesise } from "./synthesise.ts";

const allAudiences: readonly Audience[] = [
  "hospital",
  "enterprise",
  "finance",
  "agency",
  "auditor",
  "public",
];
const read = ["BatchGetItem", "GetItem", "Query"];

describe.each(stagesUnderTest)("the grants of stage %s", (name) => {
  const { api } = synthesise(name).templates;

  it.each([
    ["hospital", "Registry", ["ConditionCheckItem", ...read]],
    ["hospital", "Ledger", [...read, "PutItem", "UpdateItem", "DeleteItem"]],
    ["enterprise", "Registry", read],
    ["enterprise", "Ledger", ["GetItem", "Query", "PutItem"]],
    ["finance", "Registry", read],
    ["finance", "Ledger", [...read, "PutItem"]],
    ["agency", "Registry", [...read, "ConditionCheckItem", "PutItem", "DeleteItem"]],
    ["agency", "Ledger", [...read, "PutItem"]],
    ["auditor", "Registry", []],
    ["auditor", "Ledger", ["Query", "PutItem"]],
    ["public", "Registry", []],
    ["public", "Ledger", []],
  ] as const)("%s on %s: nothing but %j", (audience, table, actions) => {
    const granted = new Set(tableActions(statementsOf(api, audience), table));
    expect([...granted].toSorted()).toEqual([...actions].toSorted());
  });

  it("the keys in the grants are those that the store writes", () => {
    const starts = (key: { readonly pk: string }, patterns: readonly string[]) =>
      patterns.filter((pattern) => key.pk.startsWith(pattern.slice(0, -1)));
    expect(starts(ledgerKeys.stays("W1"), guardKeys)).toHaveLength(1);
    expect(starts(ledgerKeys.visitNumber("H1", "N1"), guardKeys)).toHaveLength(1);
    expect(starts(ledgerKeys.message("H1", "M1"), messageKeys)).toHaveLength(1);
    expect(starts(ledgerKeys.messagePart("H1", "M1", 1), messageKeys)).toHaveLength(1);
    expect(starts(registryKeys.person("hash"), lookupKeys)).toHaveLength(1);
    const owner = { audience: "enterprise", institution: "E1" } as const;
    expect(starts(storedWebhookKeys.webhook(owner, "w"), webhookKeys)).toHaveLength(1);
    expect(starts({ pk: storedWebhookKeys.agencyPartition }, webhookKeys)).toHaveLength(1);
    expect(starts(storedWebhookKeys.delivery(owner, "w", "o"), webhookKeys)).toHaveLength(1);
    expect(starts({ pk: storedWebhookKeys.duePartition(0) }, dueKeys)).toHaveLength(1);
    expect(
      starts(ledgerKeys.visit({ hospitalCode: "H1", visitId: "V1" }), [
        ...guardKeys,
        ...messageKeys,
        ...webhookKeys,
      ]),
    ).toEqual([]);
  });

  it.each([
    ["Registry", registryKeys.hospital("H1"), ["GetItem"]],
    ["Registry", registryKeys.employer("E1"), ["BatchGetItem"]],
    ["Registry", registryKeys.worker("W1"), ["GetItem", "Query"]],
    ["Registry", registryKeys.injuryCase("W1", "C1"), ["GetItem"]],
    ["Registry", registryKeys.caseOwner("C1"), ["GetItem"]],
    ["Registry", registryKeys.person("hash"), ["GetItem", "BatchGetItem"]],
    ["Registry", registryKeys.catalogueItem("I1"), ["BatchGetItem"]],
    ["Registry", registryKeys.policy(day("2026-01-01")), ["Query"]],
    ["Registry", registryKeys.referenceVersion(), ["GetItem"]],
    ["Ledger", ledgerKeys.visitOfCase("C1", "V1"), ["Query"]],
    ["Ledger", ledgerKeys.claim("V1", "E1"), ["Query"]],
    ["Ledger", ledgerKeys.visit({ hospitalCode: "H1", visitId: "V1" }), ["GetItem", "BatchGetItem", "Query"]],
    ["Ledger", ledgerKeys.event(day("2026-01-01"), 0, "order"), ["Query"]],
  ] as const)("the agency reads its district: of the %s %j by %j", (table, { pk }, actions) => {
    const onTable = statementsOf(api, "agency").filter(({ Resource }) =>
      JSON.stringify(Resource).includes(`GetAtt${table}`),
    );
    const patternsOf = (condition: (typeof onTable)[number]["Condition"]): string[] =>
      [condition?.["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"] ?? "*"].flat().map(String);
    const ofKey = onTable.filter(({ Condition }) =>
      patternsOf(Condition).some((pattern) =>
        pattern.endsWith("*") ? pk.startsWith(pattern.slice(0, -1)) : pk === pattern,
      ),
    );
    const granted = ofKey.flatMap(({ Action }) => Action);
    expect(granted).toEqual(expect.arrayContaining(actions.map((action) => `dynamodb:${action}`)));
  });

  it("enterprises query only the indexes of their own claims, and their webhooks", () => {
    const onIndexes = statementsWith(statementsOf(api, "enterprise"), "dynamodb:Query").filter(
      ({ Condition }) => Condition === undefined,
    );
    const queries = onIndexes.flatMap(({ Resource }) =>
      Resource.map((one) => JSON.stringify(one)).filter((one) => one.includes("GetAttLedger")),
    );
    expect(queries).toHaveLength(3);
    expect(queries[2]).toContain('"/index/events-by-employer"');
    expect(queries[0]).toContain('"/index/claims-by-employer"');
    expect(queries[1]).toContain('"/index/claims-by-employer-and-status"');
  });

  it.each(allAudiences)(
    "%s uses the Ledger's key only through DynamoDB, and only if it uses the Ledger",
    (audience) => {
      const keyed = statementsOf(api, audience).filter(({ Resource }) =>
        JSON.stringify(Resource).includes("GetAttLedgerKey"),
      );
      expect(keyed).toHaveLength("Ledger" in audiences[audience].tables ? 1 : 0);
      for (const { Condition } of keyed) {
        expect(JSON.stringify(Condition?.StringEquals)).toMatch(/^\{"kms:ViaService":.*"dynamodb\."/);
      }
    },
  );
});
