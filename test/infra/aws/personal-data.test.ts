import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { operations } from "../../../functions/contract/operations.ts";
import { addService } from "../../../infra/aws/service.ts";
import { getStage } from "../../../infra/aws/stages.ts";
import { statementsOf } from "./policies.ts";
import { makeApp, resourceNamed, resourcesOf, stagesUnderTest, synthesise } from "./synthesise.ts";

const onlyPersonalData = { StringEquals: { "kms:EncryptionContext:purpose": "personal-data" } };

describe.each(stagesUnderTest)("personal data in stage %s", (name) => {
  const { api, jobs, files, data } = synthesise(name).templates;
  const policiesNaming = (template: Template) =>
    [...resourcesOf(template, "AWS::IAM::Policy")].filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes("PersonalDataKey"),
    );

  it("is opened by the agency and by the rotation of keys alone, and for that purpose alone", () => {
    const owners = [api, jobs, files].flatMap((template) => policiesNaming(template));
    expect(owners.map(([id]) => id.replace(/Role.*/, "")).toSorted()).toEqual(["Agency", "rotatekeys"]);
    for (const [, { Properties }] of owners) {
      const { Statement } = Object(Object(Properties).PolicyDocument);
      const onKey = Statement.filter((each: object) => JSON.stringify(each).includes("PersonalDataKey"));
      expect(onKey).toMatchObject([
        {
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Condition: onlyPersonalData,
        },
      ]);
    }
  });

  it("no function may dispose of keys, and the whole table is read by rotate-keys alone", () => {
    const policies = [api, jobs, files].flatMap((template) =>
      [...resourcesOf(template, "AWS::IAM::Policy")].map(([id, { Properties }]) =>
        JSON.stringify([id, Properties]),
      ),
    );
    for (const text of policies) {
      expect(text).not.toMatch(/kms:(?:Put|Schedule|Disable|CreateGrant|Update|\*)/);
    }
    const scanning = policies.filter((text) => text.includes('"dynamodb:Scan"'));
    expect(scanning).toHaveLength(1);
    expect(scanning[0]).toContain("rotatekeys");
  });

  it("is tried by no function on another audience's messages: each has the key of its own, and others have none", () => {
    const logicalIds = new Map(
      [...resourcesOf(data, "AWS::SecretsManager::Secret").keys()].map((id) => [
        id.replace(/[0-9A-F]{8}$/, ""),
        id,
      ]),
    );
    const ofFunctions = [api, jobs, files].flatMap((template) =>
      [...resourcesOf(template, "AWS::Lambda::Function")].map(([id, { Properties }]) => {
        const { MESSAGE_KEY: key } = Object(Object(Properties.Environment).Variables);
        const named = [...logicalIds].filter(([, secret]) => JSON.stringify(key ?? "").includes(secret));
        return [id.replace(/Function.*/, ""), named.map(([name]) => name)];
      }),
    );
    expect(Object.fromEntries(ofFunctions)).toEqual({
      Hospital: ["HospitalMessageKey"],
      Enterprise: ["EnterpriseMessageKey"],
      Agency: ["AgencyMessageKey"],
      ...Object.fromEntries(
        ofFunctions.filter(([, names]) => names?.length === 0).map(([name]) => [name, []]),
      ),
    });
    const templates = JSON.stringify([api.toJSON(), jobs.toJSON(), files.toJSON()]);
    expect(templates.match(/"MESSAGE_KEY":/g)).toHaveLength(3);
  });

  it("has a key of its own that KMS rotates", () => {
    data.hasResourceProperties("AWS::KMS::Key", {
      Description:
        "Names, ID and card numbers of the work-injury settlement service. Without it nobody is named.",
      EnableKeyRotation: true,
    });
  });
});

describe("while the lookup key is replaced", () => {
  const stacks = addService(
    makeApp({ bundles: false }),
    getStage("prod", { replacingLookupKey: "true" }),
    operations,
  );

  it("whoever looks people up knows the key before as well, and nobody else", () => {
    const variables = [stacks.api, stacks.jobs].flatMap((stack) =>
      [...resourcesOf(Template.fromStack(stack), "AWS::Lambda::Function").values()].map(({ Properties }) =>
        Object(Object(Properties.Environment).Variables),
      ),
    );
    for (const each of variables) expect("LOOKUP_KEY_BEFORE" in each).toBe("LOOKUP_KEY" in each);
    const before = variables.flatMap((each) => each.LOOKUP_KEY_BEFORE ?? []);
    expect(before).toHaveLength(3);
    expect(JSON.stringify(before)).toContain("AWSPREVIOUS");
  });
});

describe("while the key of personal data is replaced", () => {
  const BEFORE = "arn:aws-cn:kms:cn-north-1:000000000000:key/00000000-0000-0000-0000-000000000001";
  const { api } = synthesise("cn", {
    personalDataKeyGeneration: "2",
    personalDataKeyArnsBefore: BEFORE,
  }).templates;
  const variablesOf = (functionName: string): object => {
    const { Environment } = resourceNamed(api, "AWS::Lambda::Function", functionName).Properties;
    return Object(Object(Environment).Variables);
  };

  it("what is sealed says under which generation, and the keys before may be used to open only", () => {
    expect(variablesOf("AgencyFunction")).toMatchObject({
      PERSONAL_DATA_KEY_GENERATION: "2",
      PERSONAL_DATA_KEY_ARNS_BEFORE: BEFORE,
    });
    const before = statementsOf(api, "agency").filter(({ Resource }) => Resource.includes(BEFORE));
    expect(before).toMatchObject([{ Action: ["kms:Decrypt"], Condition: onlyPersonalData }]);
  });

  it("whoever opens nothing hears nothing of it", () => {
    expect(Object.keys(variablesOf("HospitalFunction")).join()).not.toContain("PERSONAL_DATA");
    expect(JSON.stringify(statementsOf(api, "hospital"))).not.toContain(BEFORE);
  });

  it.each([
    ["personalDataKeyGeneration", "second"],
    ["personalDataKeyArnsBefore", "alias/old"],
  ])("%s is refused by name where it does not hold", (setting, value) => {
    expect(() => getStage("cn", { [setting]: value })).toThrow(setting);
  });
});
