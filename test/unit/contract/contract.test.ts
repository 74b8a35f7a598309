import { describe, expect, it } from "vitest";
import { hospitalOperations } from "../../../functions/contract/hospital-operations.ts";
import { publicOperations } from "../../../functions/contract/public-operations.ts";
import { failure } from "../../../shared/domain/failures.ts";
import { answer, refusal } from "../../../shared/http/response.ts";
import { checkAnswer } from "../../support/contract.ts";

const { getVisit, revokeCharges } = hospitalOperations;
const revoked = { visitId: "V1", revoked: ["1"], lineCount: 0 };

describe("checkAnswer is content with", () => {
  it("an answer as the contract has it", () => {
    checkAnswer(revokeCharges, answer(200, JSON.stringify(revoked)));
  });

  it("the repeated answer to a message", () => {
    checkAnswer(revokeCharges, answer(200, JSON.stringify(revoked), true));
  });

  it("a refusal with a code of the operation", () => {
    const faults = [{ pointer: "/lineNos/0", code: "LINE_UNKNOWN" }];
    checkAnswer(revokeCharges, refusal(failure("LINE_UNKNOWN", faults), "request-1"));
  });

  it("a refusal that any call may meet", () => {
    checkAnswer(getVisit, refusal(failure("UNAUTHENTICATED"), "request-1"));
    checkAnswer(getVisit, refusal(failure("INTERNAL"), "request-1"));
  });
});

describe("checkAnswer fails on", () => {
  it("a status that the contract does not have", () => {
    expect(() => checkAnswer(revokeCharges, answer(201, JSON.stringify(revoked)))).toThrow("status 201");
  });

  it("a field that the contract does not declare", () => {
    const body = JSON.stringify({ ...revoked, workerId: "W1" });
    expect(() => checkAnswer(revokeCharges, answer(200, body))).toThrow("additional properties");
  });

  it("a field that is missing", () => {
    expect(() => checkAnswer(revokeCharges, answer(200, '{"visitId":"V1"}'))).toThrow("revoked");
  });

  it("a code that the operation does not declare", () => {
    const other = refusal(failure("CURSOR_INVALID"), "request-1");
    expect(() => checkAnswer(revokeCharges, other)).toThrow("allowed values");
  });

  it("a code under another status than its own", () => {
    const moved = { ...refusal(failure("LINE_UNKNOWN"), "request-1"), statusCode: 409 };
    expect(() => checkAnswer(revokeCharges, moved)).toThrow("breaks its contract");
  });

  it("another media type", () => {
    const page = { ...answer(200, "<p></p>"), headers: { "content-type": "text/html" } };
    expect(() => checkAnswer(revokeCharges, page)).toThrow("media type text/html");
  });

  it("a replayed answer where nothing can be replayed", () => {
    const replayed = answer(200, '{"status":"UP"}', true);
    expect(() => checkAnswer(publicOperations.getHealth, replayed)).toThrow("Idempotency-Replayed");
  });
});
