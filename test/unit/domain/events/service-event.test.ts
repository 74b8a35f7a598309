import { describe, expect, it } from "vitest";
import { eventSentences } from "../../../../shared/domain/events/event-sentences.ts";
import {
  eventTypes,
  toCaseEvent,
  toClaimEvent,
  toEmployerEvent,
  toWorkerEvent,
} from "../../../../shared/domain/events/service-event.ts";
import { makeCase, makeSettlement, makeVisit, NOW } from "../../../support/builders.ts";

describe("an event", () => {
  it("of a claim is numbered by the visit's version, so that it is the same however often it is told", () => {
    const visit = makeVisit({ version: 4, status: "SETTLED" });
    expect(toClaimEvent("CLAIM_SETTLED", visit, makeSettlement())).toMatchObject({
      eventId: "V1-4",
      subject: "V1",
      sequence: 4,
      status: "SETTLED",
      settlementId: "V1-1",
      amounts: { total: 10_000 },
    });
    expect(toClaimEvent("CLAIM_DISCHARGED", visit)).toMatchObject({
      settlementId: undefined,
      amounts: undefined,
    });
  });

  it("of a case is numbered by its statement and names nobody", () => {
    const event = toCaseEvent(makeCase());
    expect(event).toMatchObject({ type: "CASE_CHANGED", sequence: 1, at: NOW });
    expect(event.hospitalCode).toBeUndefined();
  });

  it("holds neither person nor diagnosis", () => {
    const text = JSON.stringify(toClaimEvent("CLAIM_REGISTERED", makeVisit()));
    for (const secret of ["罗", "W1", "S62"]) expect(text).not.toContain(secret);
  });

  it("of every type has a sentence in both languages", () => {
    for (const type of eventTypes) {
      const { zh, en } = eventSentences[type];
      expect([zh.length > 2, en.length > 2]).toEqual([true, true]);
    }
  });
});

describe("an event of a worker or an employer", () => {
  it("is numbered by its time, so that no id comes twice, and names no case and nobody to tell", () => {
    expect(toWorkerEvent("W1", NOW)).toEqual({
      ...{ eventId: `W1-${Date.parse(NOW)}`, type: "WORKER_CHANGED", at: NOW, subject: "W1" },
      sequence: Date.parse(NOW),
    });
    expect(toEmployerEvent("91999999DEM000006M", NOW)).toEqual({
      ...{ eventId: `91999999DEM000006M-${Date.parse(NOW)}`, type: "EMPLOYER_CHANGED", at: NOW },
      ...{ subject: "91999999DEM000006M", sequence: Date.parse(NOW) },
    });
  });
});
