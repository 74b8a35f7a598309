import { describe, expect, it } from "vitest";
import { type FailureCode, failure, failureTexts } from "../../../shared/domain/failures.ts";
import { failureStatus } from "../../../shared/http/failure-status.ts";
import { fullAdvice } from "../../../shared/http/full-advice.ts";
import { answer, refusal } from "../../../shared/http/response.ts";

const common = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

describe("an answer", () => {
  it("is its text, byte for byte, as JSON that nobody stores", () => {
    expect(answer(201, '{"a": 1}')).toEqual({
      statusCode: 201,
      headers: { ...common, "content-type": "application/json; charset=utf-8" },
      body: '{"a": 1}',
    });
  });

  it("that is given again says so, and only then", () => {
    expect(answer(200, "{}", true).headers["idempotency-replayed"]).toBe("true");
    expect("idempotency-replayed" in answer(200, "{}", false).headers).toBe(false);
  });
});

describe("a refusal", () => {
  it("is problem+json with a stable code, both languages and a pointer to each fault", () => {
    const faults = [
      { pointer: "/lines/0/amount", code: "LINE_AMOUNT_MISMATCH" },
      { pointer: "/lines/1/name", code: "REQUIRED" },
    ];
    const { statusCode, headers, body } = refusal(failure("INPUT_INVALID", faults), "request-1");
    expect([statusCode, headers]).toEqual([
      422,
      { ...common, "content-type": "application/problem+json; charset=utf-8" },
    ]);
    expect(JSON.parse(body)).toEqual({
      type: "urn:problem:INPUT_INVALID",
      title: `${failureTexts.INPUT_INVALID.zh} · ${failureTexts.INPUT_INVALID.en}`,
      status: 422,
      code: "INPUT_INVALID",
      retryable: false,
      requestId: "request-1",
      action: "逐项改正 errors 所列内容 · Correct what errors names, item by item",
      errors: [
        {
          pointer: "/lines/0/amount",
          code: "LINE_AMOUNT_MISMATCH",
          detail: "金额不等于单价乘数量 · The amount is not unit price × quantity",
        },
        { pointer: "/lines/1/name", code: "REQUIRED", detail: "缺少必填项 · This is required" },
      ],
    });
  });

  it("that may be sent again says when, and only then", () => {
    const busy = refusal(failure("BUSY"), "request-1");
    expect([busy.statusCode, busy.headers["retry-after"], JSON.parse(busy.body).retryable]).toEqual([
      503,
      "1",
      true,
    ]);
    expect("retry-after" in refusal(failure("NO_POLICY"), "request-1").headers).toBe(false);
  });

  it("names a thousand faults at most, and says where there are more", () => {
    const faults = Array.from({ length: 1_001 }, (_, index) => ({
      pointer: `/lines/${index}`,
      code: "REQUIRED",
    }));
    const errorsOf = (count: number) =>
      JSON.parse(refusal(failure("INPUT_INVALID", faults.slice(0, count)), "request-1").body).errors;
    expect([errorsOf(1_000).length, errorsOf(1_000)[999].code]).toEqual([1_000, "REQUIRED"]);
    expect([errorsOf(1_001).length, errorsOf(1_001)[998].pointer]).toEqual([1_000, "/lines/998"]);
    expect(errorsOf(1_001)[999]).toMatchObject({ pointer: "", code: "MORE_FAULTS" });
  });

  it("says in both languages what to do, for every code; of a message also what becomes of its key", () => {
    const actionOf = (code: FailureCode, isMessage: boolean): unknown =>
      JSON.parse(refusal(failure(code), "request-1", { isMessage, adviceForCode: fullAdvice }).body).action;
    const actions = (Object.keys(failureTexts) as FailureCode[]).flatMap((code) => [
      actionOf(code, true),
      actionOf(code, false),
    ]);
    expect(
      actions.filter((action) => !/^[^·]*[\u4e00-\u9fff][^·]* · [A-Z][^·]+$/.test(String(action))),
    ).toEqual([]);
    expect(actionOf("INTERNAL", true)).toContain("with the same Idempotency-Key");
    expect(actionOf("INTERNAL", false)).not.toContain("Idempotency-Key");
  });

  it("names the settlement that stands in the way", () => {
    const refused = { ...failure("SETTLEMENT_NOT_LATEST"), settlementId: "V1-2" };
    expect(
      JSON.parse(refusal(refused, "request-1", { isMessage: true, adviceForCode: fullAdvice }).body),
    ).toMatchObject({
      settlementId: "V1-2",
      action: expect.stringContaining("settlementId"),
    });
  });

  it("without faults names none", () => {
    expect(JSON.parse(refusal(failure("NO_POLICY"), "request-1").body).errors).toEqual([]);
  });

  it("has for every code one status, which the body repeats", () => {
    for (const code of Object.keys(failureTexts) as FailureCode[]) {
      const { statusCode, body } = refusal(failure(code), "request-1");
      expect([code, JSON.parse(body).status, JSON.parse(body).code]).toEqual([code, statusCode, code]);
    }
  });
});

describe("the table of statuses", () => {
  it("has a line for every failure and for nothing else", () => {
    expect(Object.keys(failureStatus).sort()).toEqual(Object.keys(failureTexts).sort());
  });

  it("has client errors alone, but for what is the service's own fault", () => {
    const others = Object.entries(failureStatus).filter(([, status]) => status < 400 || status > 499);
    expect(others).toEqual([
      ["BUSY", 503],
      ["INTERNAL", 500],
    ]);
  });

  it("has a server error, or asks to wait, exactly where the same request may succeed later", () => {
    for (const [code, { retryable }] of Object.entries(failureTexts)) {
      const status = failureStatus[code as FailureCode];
      expect([code, status >= 500 || status === 429 || status === 408]).toEqual([code, retryable]);
    }
  });

  it("has 404 for what the caller may not know of", () => {
    const hidden = Object.entries(failureStatus).filter(([, status]) => status === 404);
    expect(hidden.map(([code]) => code).sort()).toEqual(
      expect.arrayContaining([
        "CLAIM_NOT_FOUND",
        "ROUTE_NOT_FOUND",
        "SETTLEMENT_NOT_FOUND",
        "VISIT_NOT_FOUND",
      ]),
    );
  });
});
