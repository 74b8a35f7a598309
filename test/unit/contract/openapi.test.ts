import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { answerExamples, parameterExamples, requestExamples } from "../../../functions/contract/examples.ts";
import { failuresOf } from "../../../functions/contract/failure-responses.ts";
import { fieldTextTables } from "../../../functions/contract/field-texts.ts";
import { makeOpenapi } from "../../../functions/contract/openapi.ts";
import type { JsonSchema, OpenapiOperation } from "../../../functions/contract/openapi-document.ts";
import { operations } from "../../../functions/contract/operations.ts";
import type { OperationContract } from "../../../functions/kit/operation.ts";
import { makeApiReadme } from "../../../infra/contract/api-readme.ts";
import { makeErrorCodesPage } from "../../../infra/contract/error-codes-page.ts";
import { DaySchema, InstantSchema, instantOf } from "../../../shared/domain/dates.ts";
import { failureTexts } from "../../../shared/domain/failures.ts";
import * as money from "../../../shared/domain/money.ts";
import { refusalCodes } from "../../../shared/domain/visits/check-eligibility.ts";
import { blockingCodes } from "../../../shared/domain/visits/visit.ts";
import { adviceForMessages } from "../../../shared/http/failure-advice.ts";
import { failureStatus } from "../../../shared/http/failure-status.ts";
import { fullAdvice } from "../../../shared/http/full-advice.ts";
import { findSchemaFault } from "../../support/contract.ts";

const document = makeOpenapi(operations);
const plain: unknown = JSON.parse(JSON.stringify(document));
const contracted = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);
const operationOf = (definition: OperationContract): OpenapiOperation => {
  const found = contracted.find(({ operation }) => operation.operationId === definition.id);
  if (found === undefined) throw new Error(`${definition.id} is not in the document`);
  return found.operation;
};
const hasBothLanguages = (text: string | undefined): boolean =>
  text !== undefined && /[\u4e00-\u9fff]/.test(text) && /[A-Za-z]{2}/.test(text) && text.includes(" · ");

describe("the document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const result = await new Validator().validate(JSON.parse(JSON.stringify(document)));
    expect(result).toEqual({ valid: true });
  });

  it("has every operation of the list once and nothing else", () => {
    const stated = contracted.map(
      ({ path, method, operation }) => `${operation.operationId} ${method} ${path}`,
    );
    const listed = operations.map(({ id, method, path }) => `${id} ${method.toLowerCase()} ${path}`);
    expect(stated.sort()).toEqual(listed.sort());
  });

  it("is the same each time it is made", () => {
    expect(JSON.stringify(makeOpenapi(operations))).toBe(JSON.stringify(document));
  });

  it("is what docs/api has: run `npm run openapi` if this fails", () => {
    expect(JSON.parse(readFileSync("docs/api/openapi.json", "utf8"))).toEqual(plain);
    expect(readFileSync("docs/api/README.md", "utf8")).toBe(makeApiReadme(document));
    expect(readFileSync("docs/error-codes.md", "utf8")).toBe(makeErrorCodesPage());
  });

  it.each(Object.keys(document.components.schemas))("has a schema that can be used: %s", (name) => {
    expect(() => findSchemaFault(["components", "schemas", name], null)).not.toThrow();
  });
});

describe.each(operations)("$id", (definition) => {
  const operation = operationOf(definition);

  it("says in both languages what it is for", () => {
    expect(operation.summary).toSatisfy(hasBothLanguages);
    expect(operation.description).toSatisfy(hasBothLanguages);
  });

  it("names who may call it", () => {
    const schemes = operation.security.flatMap((each) => Object.keys(each));
    expect(schemes).toEqual(definition.roles.length === 0 ? [] : ["bearer", "clientCredentials"]);
  });

  it("has a parameter for each part of its path, and a key where it is a message", () => {
    const named = operation.parameters.filter((each) => each.in === "path").map(({ name }) => `{${name}}`);
    expect(named).toEqual(definition.path.match(/\{\w+\}/g) ?? []);
    const headers = operation.parameters.filter((each) => each.in === "header");
    expect(headers.map(({ name, required }) => [name, required])).toEqual(
      definition.message ? [["Idempotency-Key", true]] : [],
    );
    expect(operation.parameters.every(({ description }) => hasBothLanguages(description))).toBe(true);
  });

  it("lists every refusal under its status, in both languages", () => {
    for (const code of failuresOf(definition)) {
      const description = operation.responses[String(failureStatus[code])]?.description;
      expect(description).toContain(`\`${code}\` ${failureTexts[code].zh}`);
      expect(description).toContain(failureTexts[code].en);
    }
  });

  it("has examples that it takes and could give", () => {
    const request = requestExamples[definition.id];
    if (request !== undefined) {
      expect(z.safeParse(definition.body, request).error?.issues).toBeUndefined();
      const method = definition.method.toLowerCase();
      const body = ["requestBody", "content", "application/json", "schema"];
      expect(findSchemaFault(["paths", definition.path, method, ...body], request)).toBeUndefined();
    }
    const answer = answerExamples[definition.id];
    if (answer !== undefined) expect(z.parse(definition.answer.schema, answer)).toEqual(answer);
    const params = (definition.path.match(/(?<=\{)\w+/g) ?? []).map((name) => [
      name,
      parameterExamples[name],
    ]);
    expect(z.safeParse(definition.params, Object.fromEntries(params)).error?.issues).toBeUndefined();
  });
});

describe("by the contract", () => {
  it("no answer sends anybody to another address", () => {
    const statuses = contracted.flatMap(({ operation }) => Object.keys(operation.responses));
    expect(statuses).toContain("200");
    expect(statuses.filter((status) => status.startsWith("3"))).toEqual([]);
  });

  it("nothing that is asked by GET changes anything but the audit trail", () => {
    const changing = operations.filter(({ audit }) => audit === "CHANGE");
    expect(changing.length).toBeGreaterThan(10);
    expect(changing.filter(({ method }) => method === "GET").map(({ id }) => id)).toEqual([]);
  });

  it("no address names a person: neither name, ID number or card number, nor what ails them", () => {
    const parameters = contracted.flatMap(({ operation }) => operation.parameters);
    const names = parameters.filter((each) => each.in !== "header").map(({ name }) => name);
    expect(names).toContain("visitId");
    expect(names.filter((name) => /name|idNumber|card|diagnos|injur|token|secret/i.test(name))).toEqual([]);
  });
});

describe("what to do about a refusal", () => {
  const codes = Object.entries(failureStatus).map(([code, status]) => ({ code, status }));
  const own: Readonly<Record<string, unknown>> = fullAdvice;

  it("is said of every one", () => {
    expect(codes.filter(({ code, status }) => !own[code] && !adviceForMessages[status])).toEqual([]);
  });

  it("is not to correct the request, nor to take another token, where neither can help", () => {
    const helpless = [...refusalCodes, ...blockingCodes, "INSTITUTION_UNKNOWN", "ROUTE_NOT_FOUND"];
    expect(helpless.filter((code) => own[code] === undefined)).toEqual([]);
  });
});

describe("the examples", () => {
  it("are of operations that exist", () => {
    const ids = operations.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([...Object.keys(requestExamples), ...Object.keys(answerExamples)]),
    );
  });
});

describe("every field is explained in both languages (functions/contract/field-texts.ts)", () => {
  function findUnexplained(schema: JsonSchema | boolean | undefined, place: string): string[] {
    if (typeof schema !== "object") return [];
    const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
      const isExplained = typeof field === "object" && hasBothLanguages(field.description);
      return [...(isExplained ? [] : [`${place}.${name}`]), ...findUnexplained(field, `${place}.${name}`)];
    });
    const items = Array.isArray(schema.items) ? [] : findUnexplained(schema.items, place);
    return [...fields, ...items, ...(schema.anyOf ?? []).flatMap((each) => findUnexplained(each, place))];
  }

  it.each(Object.entries(document.components.schemas))("%s", (name, schema) => {
    expect(findUnexplained(schema, name)).toEqual([]);
  });
});

const toPascalCase = (id: string): string =>
  id.replaceAll(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());

describe("the texts of fields (functions/contract/field-texts.ts)", () => {
  interface Explained {
    readonly place: string;
    readonly description: string;
  }
  function findFields(schema: JsonSchema | boolean | undefined, place: string): Explained[] {
    if (typeof schema !== "object") return [];
    const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
      const description = typeof field === "object" ? (field.description ?? "") : "";
      return [{ place: `${place}.${name}`, description }, ...findFields(field, `${place}.${name}`)];
    });
    const items = Array.isArray(schema.items) ? [] : findFields(schema.items, place);
    return [...fields, ...items, ...(schema.anyOf ?? []).flatMap((each) => findFields(each, place))];
  }

  const explained = [
    ...Object.entries(document.components.schemas).flatMap(([name, schema]) => findFields(schema, name)),
    ...contracted.flatMap(({ operation }) =>
      operation.parameters.map((each) => ({
        ...each,
        place: `${toPascalCase(operation.operationId)}.${each.in}.${each.name}`,
      })),
    ),
  ];
  const texts = fieldTextTables.flatMap((table) => Object.entries(table));

  it("stand once each", () => {
    const keys = texts.map(([key]) => key);
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  });

  it("are each of a field of the contract that no more exact one explains", () => {
    const isUsed = ([key, [zh, en]]: (typeof texts)[number]): boolean =>
      explained.some(
        ({ place, description }) =>
          `.${place}`.endsWith(`.${key}`) && description.startsWith(`${zh} · ${en}`),
      );
    expect(texts.filter((text) => !isUsed(text)).map(([key]) => key)).toEqual([]);
  });

  it.each([
    ["Webhook.url", "推送地址"],
    ["WebhookStatement.url", "推送地址"],
    ["OpenReconciliationUploadAnswer.url", "上传地址"],
    ["Event.sentence", "中英文说明"],
    ["Event.at", "发生时间"],
    ["ListAuditEventsAnswer.items.at", "发生时间"],
    ["ListAuditEventsAnswer.items.kind", "CHANGE 变更"],
    ["Visit.employerNotice.at", "告知时间"],
    ["Message.key", "报文编号"],
    ["CancelMessageAnswer.key", "报文编号"],
    ["GetMessage.path.key", "报文编号"],
    ["Worker.name", "职工姓名，未写明查看理由时已脱敏"],
    ["Worker.idNumber", "证件号码，未写明查看理由时已脱敏"],
    ["Visit.advances.amount", "金额（元） · "],
  ])("are those of what the field stands in: %s", (field, words) => {
    const of = explained.filter(({ place }) => place === field);
    expect(of).not.toEqual([]);
    for (const { description } of of) expect(description).toMatch(new RegExp(`^${words}`));
  });
});

describe("whatever a request's schema takes, the document takes", () => {
  const decimals = fc
    .tuple(fc.constantFrom("", "-"), fc.stringMatching(/^\d{1,13}(\.\d{0,8}0{0,3})?$/))
    .map(([sign, digits]) => sign + digits)
    // Minus zero is taken as zero; the document need not say so.
    .filter((text) => !/^-[0.]*$/.test(text));
  const numbers = fc.oneof(
    fc.integer({ min: -1_000_000, max: 1_000_000 }).map((fen) => fen / 100),
    fc.double(),
  );

  it.each([
    ["Yuan", money.Yuan],
    ["SignedYuan", money.SignedYuan],
    ["UnitPrice", money.UnitPrice],
    ["PriceCap", money.PriceCap],
    ["SignedQuantity", money.SignedQuantity],
    ["PositiveQuantity", money.PositiveQuantity],
    ["FundRatio", money.FundRatio],
  ] as const)("%s", (name, schema) => {
    fc.assert(
      fc.property(fc.oneof(decimals, numbers), (given) => {
        fc.pre(z.safeParse(schema, given).success);
        expect(findSchemaFault(["components", "schemas", name], given)).toBeUndefined();
      }),
    );
  });

  it("days and instants", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => {
        const instant = instantOf(ms);
        expect(z.parse(InstantSchema, instant)).toBe(instant);
        expect(findSchemaFault(["components", "schemas", "Instant"], instant)).toBeUndefined();
        const day = z.parse(DaySchema, instant.slice(0, 10));
        expect(findSchemaFault(["components", "schemas", "Day"], day)).toBeUndefined();
      }),
    );
  });
});
