import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { tableDefinitions } from "../../../shared/store/kit/table-schema.ts";
import { resourceNamed, resourcesOf, stagesUnderTest, synthesise } from "./synthesise.ts";

const TABLE = "AWS::DynamoDB::Table";

describe.each(stagesUnderTest)("the data of stage %s", (name) => {
  const { templates, stage } = synthesise(name);
  const kept = stage.removal === "retain" ? "Retain" : "Delete";

  it("has exactly the tables of the schema", () => {
    expect(resourcesOf(templates.data, TABLE).size).toBe(tableDefinitions.length);
  });

  it.each(tableDefinitions)(
    "$name has the keys and indexes of the schema and is paid by request",
    (definition) => {
      const attributes = new Set([
        definition.partitionKey,
        definition.sortKey,
        ...definition.indexes.flatMap((index) => [index.partitionKey, index.sortKey]),
      ]);
      const keySchema = (partitionKey: string, sortKey: string) => [
        { AttributeName: partitionKey, KeyType: "HASH" },
        { AttributeName: sortKey, KeyType: "RANGE" },
      ];
      expect(resourceNamed(templates.data, TABLE, definition.name).Properties).toMatchObject({
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: keySchema(definition.partitionKey, definition.sortKey),
        AttributeDefinitions: [...attributes].map((attribute) => ({
          AttributeName: attribute,
          AttributeType: "S",
        })),
        ...(definition.indexes.length === 0
          ? {}
          : {
              GlobalSecondaryIndexes: definition.indexes.map((index) => ({
                IndexName: index.name,
                KeySchema: keySchema(index.partitionKey, index.sortKey),
                Projection: { ProjectionType: index.projection ?? "ALL" },
              })),
            }),
      });
    },
  );

  it("the money can be brought back to any second, cannot be deleted, and outlives its stack", () => {
    const money = tableDefinitions.filter((definition) => definition.keepsMoney);
    expect(money.map((definition) => definition.name)).toEqual(["Ledger"]);
    for (const definition of money) {
      const table = resourceNamed(templates.data, TABLE, definition.name);
      expect(table).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
      expect(table.Properties).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
  });

  it("the Registry can be brought back as well, and is deleted by no deployment, where the stage is kept", () => {
    const isKept = kept === "Retain";
    expect(resourceNamed(templates.data, TABLE, "Registry").Properties).toMatchObject({
      DeletionProtectionEnabled: isKept,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: isKept },
    });
  });

  it("the money is encrypted with a key of our own, which is rotated and outlives its stack", () => {
    templates.data.hasResourceProperties(TABLE, {
      SSESpecification: {
        SSEEnabled: true,
        SSEType: "KMS",
        KMSMasterKeyId: { "Fn::GetAtt": [Match.stringLikeRegexp("^LedgerKey"), "Arn"] },
      },
    });
    const key = resourceNamed(templates.data, "AWS::KMS::Key", "LedgerKey");
    expect(key).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
  });

  it("operators are told the names of the tables, the lookup key's secret and the job that rotates keys", () => {
    expect(Object.keys(templates.data.findOutputs("*"))).toEqual(
      expect.arrayContaining(["RegistryTable", "LedgerTable", "LookupKeySecret"]),
    );
    expect(Object.keys(templates.jobs.findOutputs("*"))).toContain("RotateKeysFunction");
  });

  it("every key is rotated", () => {
    for (const key of resourcesOf(templates.data, "AWS::KMS::Key").values()) {
      expect(key.Properties).toMatchObject({ EnableKeyRotation: true });
    }
  });

  it("only the Ledger tells of its changes, by their new image", () => {
    const streams = [...resourcesOf(templates.data, TABLE)].map(([id, table]) => [
      id.replace(/[0-9A-F]{8}$/, ""),
      table.Properties.StreamSpecification,
    ]);
    expect(Object.fromEntries(streams)).toEqual({
      Registry: undefined,
      Ledger: { StreamViewType: "NEW_IMAGE" },
    });
  });

  it("the lookup key is made by AWS, long enough, and written nowhere", () => {
    const secret = resourceNamed(templates.data, "AWS::SecretsManager::Secret", "LookupKey");
    expect(secret.Properties).toMatchObject({ GenerateSecretString: { PasswordLength: 64 } });
    expect(secret.Properties).not.toHaveProperty("SecretString");
  });

  it(`what can be made again follows the stage (${kept})`, () => {
    for (const [type, id] of [
      [TABLE, "Registry"],
      ["AWS::SecretsManager::Secret", "LookupKey"],
      ["AWS::KMS::Key", "SecretsKey"],
    ] as const) {
      expect(resourceNamed(templates.data, type, id).DeletionPolicy).toBe(kept);
    }
  });
});
