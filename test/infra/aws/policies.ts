import type { Template } from "aws-cdk-lib/assertions";
import * as z from "zod";
import type { Audience } from "../../../functions/kit/operation.ts";
import { resourceNamed, resourcesOf, type Synthesised } from "./synthesise.ts";

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

const Statement = z.object({
  Effect: z.literal("Allow"),
  Action: oneOrMany,
  Resource: z.unknown().transform((value) => [value].flat()),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
export type Statement = z.infer<typeof Statement>;

/** One statement of one role of the service. */
export interface Granted extends Statement {
  /** What a role is of, such as `Hospital`, `seal-audit-trail` or `EventsRole`. */
  readonly of: string;
}

const PolicyProperties = z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) });

/** Everything that the function of an audience may do. */
export function statementsOf(api: Template, audience: Audience): readonly Statement[] {
  const name = `${audience.charAt(0).toUpperCase()}${audience.slice(1)}RoleDefaultPolicy`;
  const policy = resourceNamed(api, "AWS::IAM::Policy", name);
  return PolicyProperties.parse(policy.Properties).PolicyDocument.Statement;
}

const ofPolicy = (id: string): string => id.replace(/(?:Role)?DefaultPolicy[0-9A-F]{8}$/, "");

/** Every statement of every role, in all stacks. */
export function allStatements({ templates }: Synthesised): readonly Granted[] {
  return Object.values(templates).flatMap((template) =>
    [...resourcesOf(template, "AWS::IAM::Policy")].flatMap(([id, { Properties }]) =>
      PolicyProperties.parse(Properties).PolicyDocument.Statement.map((each) => ({
        ...each,
        of: ofPolicy(id),
      })),
    ),
  );
}

/** The partition keys that a statement is limited to; undefined where it is limited to none. */
export const keysOf = ({ Condition }: Statement): readonly string[] | undefined => {
  const keys = Condition?.["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"];
  // Without it the condition would be true of a request that names no key.
  if (keys === undefined || Condition?.Null?.["dynamodb:LeadingKeys"] !== "false") return undefined;
  return [keys].flat().map(String);
};

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
