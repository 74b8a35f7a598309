import { describe, expect, it } from "vitest";
import type { Audience } from "../../../functions/operation.ts";
import { audiences } from "../../../infra/aws/audiences.ts";
import { getStage } from "../../../infra/aws/stages.ts";
import { statementsOf, statementsWith } from "./policies.ts";
import { resourceNamed, resourcesOf, stagesUnderTest, synthesise } from "./synthesise.ts";

const BEFORE = "arn:aws-cn:kms:cn-north-1:000000000000:key/00000000-0000-0000-0000-000000000001";
const onlyPersonalData = { StringEquals: { "kms:EncryptionContext:purpose": "personal-data" } };
const allAudiences = Object.keys(audiences) as Audience[];

/** All policies of the roles in a template, as text. */
const policyTexts = (template: Parameters<typeof resourcesOf>[0]): string[] =>
  [...resourcesOf(template, "AWS::IAM::Policy")].map(([id, { Properties }]) =>
    JSON.stringify([id, Properties]),
  );

describe.each(stagesUnderTest)("what names a person, in stage %s", (name) => {
  const { templates, stage } = synthesise(name);

  it("is sealed under a key of its own, which is rotated and follows the Registry in what outlives its stack", () => {
    const key = resourceNamed(templates.data, "AWS::KMS::Key", "PersonalDataKey");
    expect(key.Properties).toMatchObject({ EnableKeyRotation: true });
    expect(key.DeletionPolicy).toBe(stage.removal === "retain" ? "Retain" : "Delete");
  });

  it("the agency's function alone of all that callers reach may have opened, and only in its own context", () => {
    for (const audience of allAudiences) {
      const text = JSON.stringify(statementsOf(templates.api, audience));
      expect([audience, text.includes("PersonalDataKey")]).toEqual([audience, audience === "agency"]);
    }
    const granted = statementsWith(statementsOf(templates.api, "agency"), "kms:GenerateDataKey").filter(
      ({ Resource }) => JSON.stringify(Resource).includes("PersonalDataKey"),
    );
    expect(granted).toMatchObject([
      { Action: ["kms:Decrypt", "kms:GenerateDataKey"], Condition: onlyPersonalData },
    ]);
  });

  it("no function may rotate, disable or give away the key, and of the jobs only rotate-keys uses it", () => {
    const users = [templates.jobs, templates.files]
      .flatMap(policyTexts)
      .filter((text) => text.includes("PersonalDataKey"));
    expect(users).toHaveLength(1);
    expect(users[0]).toContain("rotatekeys");
    for (const text of [templates.api, templates.jobs, templates.files].flatMap(policyTexts)) {
      expect(text).not.toMatch(/kms:(?:Put|Schedule|Disable|CreateGrant|Update|\*)/);
    }
  });

  it("the whole table is read by rotate-keys alone", () => {
    const scanning = [templates.api, templates.jobs, templates.files]
      .flatMap(policyTexts)
      .filter((text) => text.includes('"dynamodb:Scan"'));
    expect(scanning).toHaveLength(1);
    expect(scanning[0]).toContain("rotatekeys");
  });
});

describe("while keys are replaced", () => {
  const { templates } = synthesise("cn", {
    personalDataKeyGeneration: "2",
    personalDataKeyArnsBefore: BEFORE,
    replacingLookupKey: "true",
  });
  const variablesOf = (functionName: string): Record<string, unknown> => {
    const { Environment } = resourceNamed(templates.api, "AWS::Lambda::Function", functionName).Properties;
    return Object(Object(Environment).Variables);
  };

  it("what is sealed says under which generation, and the keys before may be used to open only", () => {
    expect(variablesOf("AgencyFunction")).toMatchObject({
      PERSONAL_DATA_KEY_GENERATION: "2",
      PERSONAL_DATA_KEY_ARNS_BEFORE: BEFORE,
    });
    const before = statementsOf(templates.api, "agency").filter(({ Resource }) => Resource.includes(BEFORE));
    expect(before).toMatchObject([{ Action: ["kms:Decrypt"], Condition: onlyPersonalData }]);
  });

  it("both lookup keys are there for who looks people up, and the hospital's function gets nothing else", () => {
    for (const functionName of ["AgencyFunction", "HospitalFunction"]) {
      const { LOOKUP_KEY_BEFORE: before } = variablesOf(functionName);
      expect(JSON.stringify(before)).toContain("AWSPREVIOUS");
    }
    expect(Object.keys(variablesOf("HospitalFunction"))).not.toContain("PERSONAL_DATA_KEY_ARN");
  });

  it.each([
    ["personalDataKeyGeneration", "second"],
    ["personalDataKeyArnsBefore", "alias/old"],
  ])("%s is refused by name where it does not hold", (setting, value) => {
    expect(() => getStage("cn", { [setting]: value })).toThrow(setting);
  });
});
