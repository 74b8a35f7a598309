import { describe, expect, it } from "vitest";
import { getHealthContract } from "../../../functions/contract/get-health.contract.ts";
import { getVisitContract } from "../../../functions/visits/get-visit.contract.ts";
import { revokeChargesContract } from "../../../functions/visits/revoke-charges.contract.ts";
import { failure } from "../../../shared/domain/failures.ts";
import { answer, refusal } from "../../../shared/http/response.ts";
import { checkAnswer } from "../../support/contract.ts";

const revoked = { visitId: "V1", revoked: ["1"], lineCount: 0 };

describe("checkAnswer is content with", () => {
  it("an answer as the contract has it", () => {
    checkAnswer(revokeChargesContract, answer(200, JSON.stringify(revoked)));
  });

  it("the repeated answer to a message", () => {
    checkAnswer(revokeChargesContract, answer(200, JSON.stringify(revoked), true));
  });

  it("a refusal with a code of the operation", () => {
    const faults = [{ pointer: "/lineNos/0", code: "LINE_UNKNOWN" }];
    checkAnswer(revokeChargesContract, refusal(failure("LINE_UNKNOWN", faults), "request-1"));
  });

  it("a refusal that any call may meet", () => {
    checkAnswer(getVisitContract, refusal(failure("UNAUTHENTICATED"), "request-1"));
    checkAnswer(getVisitContract, refusal(failure("INTERNAL"), "request-1"));
  });
});

describe("checkAnswer fails on", () => {
  it("a status that the contract does not have", () => {
    expect(() => checkAnswer(revokeChargesContract, answer(201, JSON.stringify(revoked)))).toThrow(
      "status 201",
    );
  });

  it("a field that the contract does not declare", () => {
    const body = JSON.stringify({ ...revoked, workerId: "W1" });
    expect(() => checkAnswer(revokeChargesContract, answer(200, body))).toThrow("additional properties");
  });

  it("a field that is missing", () => {
    expect(() => checkAnswer(revokeChargesContract, answer(200, '{"visitId":"V1"}'))).toThrow("revoked");
  });

  it("a code that the operation does not declare", () => {
    const other = refusal(failure("CURSOR_INVALID"), "request-1");
    expect(() => checkAnswer(revokeChargesContract, other)).toThrow("allowed values");
  });

  it("a code under another status than its own", () => {
    const moved = { ...refusal(failure("LINE_UNKNOWN"), "request-1"), statusCode: 409 };
    expect(() => checkAnswer(revokeChargesContract, moved)).toThrow("breaks its contract");
  });

  it("another media type", () => {
    const page = { ...answer(200, "<p></p>"), headers: { "content-type": "text/html" } };
    expect(() => checkAnswer(revokeChargesContract, page)).toThrow("media type text/html");
  });

  it("a replayed answer where nothing can be replayed", () => {
    const replayed = answer(200, '{"status":"UP"}', true);
    expect(() => checkAnswer(getHealthContract, replayed)).toThrow("Idempotency-Replayed");
  });
});
