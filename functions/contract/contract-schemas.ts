import * as z from "zod/mini";
import { $ZodCustom } from "zod/v4/core";
import { Bearer } from "../../shared/domain/bearers.ts";
import { CatalogueItem, CataloguePeriod } from "../../shared/domain/catalogue/catalogue.ts";
import { Uscc } from "../../shared/domain/check-characters.ts";
import { DaySchema, InstantSchema } from "../../shared/domain/dates.ts";
import {
  FundRatio,
  PositiveQuantity,
  PriceCap,
  SignedQuantity,
  SignedYuan,
  UnitPrice,
  Yuan,
} from "../../shared/domain/money.ts";
import { HospitalCode } from "../../shared/domain/registry/hospital.ts";
import { Authorisation, CaseNo, RecognisedInjury } from "../../shared/domain/registry/injury-case.ts";
import { IdNumber } from "../../shared/domain/registry/person-number.ts";
import { CardNumber } from "../../shared/domain/registry/worker.ts";
import { VisitType } from "../../shared/domain/visit-type.ts";
import { ChargeLine, LineNo } from "../../shared/domain/visits/charge-line.ts";
import { Diagnoses, EmployerNotice } from "../../shared/domain/visits/visit-requests.ts";
import { WebhookStatement } from "../../shared/domain/webhooks/webhook.ts";
import { faultDetail } from "../../shared/http/fault-texts.ts";
import { EventView } from "../events/event-view.ts";
import { emptyBody, noBody, type OperationContract } from "../kit/operation.ts";
import { AllocationView, Amount, DayText, InstantText, ReasonView, SentenceView } from "../kit/views.ts";
import { HospitalView } from "../registry/institution-views.ts";
import { SettlementBody } from "../settlements/settlement-body.ts";
import { DeliveryPageView, DeliveryView, WebhookListView, WebhookView } from "../webhooks/webhook-views.ts";
import { describeFields } from "./describe-fields.ts";
import type { JsonSchema } from "./openapi-document.ts";
import { Problem } from "./problem.ts";
import { schemaNotes } from "./schema-notes.ts";

type Schema = z.core.$ZodType;
type Direction = "input" | "output";

/** Parts that several requests share, under the names that the document gives them. */
const requestParts: Readonly<Record<string, Schema>> = {
  Authorisation,
  Bearer,
  CardNumber,
  CaseNo,
  CatalogueItem,
  CataloguePeriod,
  ChargeLine,
  Day: DaySchema,
  Diagnoses,
  EmployerNotice,
  FundRatio,
  HospitalCode,
  IdNumber,
  Instant: InstantSchema,
  LineNo,
  PositiveQuantity,
  PriceCap,
  RecognisedInjury,
  SettlementRequest: SettlementBody,
  SignedQuantity,
  SignedYuan,
  UnitPrice,
  Uscc,
  VisitType,
  WebhookStatement,
  Yuan,
};
/** Parts that several answers share. Answers are stricter than requests: every instant has the same offset. */
const answerParts: Readonly<Record<string, Schema>> = {
  Allocation: AllocationView,
  Amount,
  AnsweredDay: DayText,
  AnsweredInstant: InstantText,
  Delivery: DeliveryView,
  DeliveryPage: DeliveryPageView,
  Event: EventView,
  Hospital: HospitalView,
  Problem,
  Reason: ReasonView,
  Sentence: SentenceView,
  Webhook: WebhookView,
  WebhookList: WebhookListView,
};

/** The code that a refinement reports, where it has one of ours. */
function findRule(check: z.core.$ZodCheck<never>): string | undefined {
  if (!(check instanceof $ZodCustom)) return undefined;
  const reported = check._zod.def.error?.({ code: "custom", input: undefined });
  return typeof reported === "string" ? reported : reported?.message;
}

/** What JSON Schema cannot say of a schema is said in words: its note, and the rule of each refinement. */
function override({ zodSchema, jsonSchema }: { zodSchema: Schema; jsonSchema: JsonSchema }): void {
  // A schema that adds a rule to a component refers to it, and the component has the note.
  if (jsonSchema.$ref === undefined) Object.assign(jsonSchema, schemaNotes.get(zodSchema));
  const rules = (zodSchema._zod.def.checks ?? []).map(findRule).filter((rule) => rule !== undefined);
  if (rules.length === 0) return;
  const lines = [...new Set(rules)].map((rule) => `- \`${rule}\` ${faultDetail(rule)}`).join("\n");
  jsonSchema.description = [jsonSchema.description, lines].filter((text) => text !== undefined).join("\n\n");
}

const toRef = (id: string): string => `#/components/schemas/${id}`;

const converting = (io: Direction) => ({ io, override, unrepresentable: "any" }) as const;

/** One schema on its own, such as those of a query; `place` is what it is called in the texts of its fields. */
function toJsonSchema(schema: Schema, io: Direction, place: readonly string[]): JsonSchema {
  const { $schema: _dialect, ...converted } = z.toJSONSchema(schema, converting(io));
  return describeFields(converted, place);
}

function toComponents(names: ReadonlyMap<Schema, string>, io: Direction): [string, JsonSchema][] {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of names) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { ...converting(io), uri: toRef });
  return Object.entries(schemas).map(([id, { $schema: _dialect, $id: _address, ...converted }]) => [
    id,
    describeFields(converted, [id]),
  ]);
}

const toPascalCase = (id: string): string =>
  id.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());

/** `upload-charges` asks for an `UploadChargesRequest`. */
function nameRequests(operations: readonly OperationContract[]): ReadonlyMap<Schema, string> {
  const names = new Map(Object.entries(requestParts).map(([id, schema]) => [schema, id]));
  for (const { id, body } of operations) {
    if (body === noBody || body === emptyBody || names.has(body)) continue;
    names.set(body, `${toPascalCase(id)}Request`);
  }
  return names;
}

function nameAnswer(id: string): string {
  if (!id.startsWith("get-")) return `${toPascalCase(id)}Answer`;
  const name = toPascalCase(id.slice(4));
  return Object.hasOwn(requestParts, name) ? `Answered${name}` : name;
}

/**
 * What `get-visit` answers is a `Visit`, whoever else answers it; what only `put-case` answers is a `PutCaseAnswer`. A
 * request may have a part of the name: the same as it is answered is an `AnsweredCatalogueItem`.
 */
function nameAnswers(operations: readonly OperationContract[]): ReadonlyMap<Schema, string> {
  const names = new Map(Object.entries(answerParts).map(([id, schema]) => [schema, id]));
  const readers = operations.filter(({ id }) => id.startsWith("get-"));
  for (const { id, answer } of [...readers, ...operations]) {
    if (answer.mediaType !== undefined || names.has(answer.schema)) continue;
    names.set(answer.schema, nameAnswer(id));
  }
  return names;
}

export interface ContractSchemas {
  readonly components: Readonly<Record<string, JsonSchema>>;
  /** A reference to a component where it is one. */
  readonly requestOf: (operation: OperationContract) => JsonSchema;
  readonly answerOf: (operation: OperationContract) => JsonSchema;
  /** Of a part of the address. */
  readonly addressOf: (operation: OperationContract, part: "path" | "query") => JsonSchema;
}

/** The schemas of all requests and answers as JSON Schema; whatever has a name there stands once. */
export function makeContractSchemas(operations: readonly OperationContract[]): ContractSchemas {
  const requests = nameRequests(operations);
  const answers = nameAnswers(operations);
  const all = [...toComponents(requests, "input"), ...toComponents(answers, "output")];
  const components = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  if (Object.keys(components).length < all.length)
    throw new Error("two schemas of the contract have one name");
  const refer = (schema: Schema, names: ReadonlyMap<Schema, string>, io: Direction): JsonSchema => {
    const id = names.get(schema);
    return id === undefined ? toJsonSchema(schema, io, [""]) : { $ref: toRef(id) };
  };
  return {
    components,
    requestOf: ({ body }) => refer(body, requests, "input"),
    answerOf: ({ answer }) => refer(answer.schema, answers, "output"),
    addressOf: ({ id, params, query }, part) =>
      toJsonSchema(part === "path" ? params : query, "input", [toPascalCase(id), part]),
  };
}
