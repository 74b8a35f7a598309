import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { operations } from "../../../functions/operations.ts";
import { addService } from "../../../infra/aws/service.ts";
import { getStage } from "../../../infra/aws/stages.ts";
import { makeApp, resourcesOf, stagesUnderTest, synthesise } from "./synthesise.ts";

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
          Condition: { StringEquals: { "kms:EncryptionContext:purpose": "personal-data" } },
        },
      ]);
    }
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
