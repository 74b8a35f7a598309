import type { Template } from "aws-cdk-lib/assertions";
import * as z from "zod";
import type { Audience } from "../../../functions/operation.ts";
import { resourceNamed } from "./synthesise.ts";

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

const Statement = z.object({
  Effect: z.literal("Allow"),
  Action: oneOrMany,
  Resource: z.unknown().transform((value) => [value].flat()),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
export type Statement = z.infer<typeof Statement>;

const PolicyProperties = z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) });

/** Everything that the function of an audience may do. */
export function statementsOf(api: Template, audience: Audience): readonly Statement[] {
  const name = `${audience.charAt(0).toUpperCase()}${audience.slice(1)}RoleDefaultPolicy`;
  const policy = resourceNamed(api, "AWS::IAM::Policy", name);
  return PolicyProperties.parse(policy.Properties).PolicyDocument.Statement;
}

const mentions = (resource: unknown, name: string): boolean => JSON.stringify(resource).includes(name);

/** What may be done with a table or its indexes: the actions without their prefix, in alphabetical order. */
export function tableActions(
  statements: readonly Statement[],
  table: "Registry" | "Ledger",
): readonly string[] {
  const actions = statements
    .filter(({ Resource }) => Resource.some((one) => mentions(one, `GetAtt${table}`)))
    .flatMap(({ Action }) => Action)
    .filter((action) => action.startsWith("dynamodb:"))
    .map((action) => action.slice("dynamodb:".length));
  return [...new Set(actions)].toSorted();
}

export const statementsWith = (statements: readonly Statement[], action: string): readonly Statement[] =>
  statements.filter(({ Action }) => Action.includes(action));
