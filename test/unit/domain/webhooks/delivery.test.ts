import { describe, expect, it } from "vitest";
import { type Instant, instantOf } from "../../../../shared/domain/dates.ts";
import type { ServiceEvent } from "../../../../shared/domain/events/service-event.ts";
import {
  type AttemptOutcome,
  type Delivery,
  recordAttempt,
  restartDelivery,
  startDelivery,
  takeDelivery,
} from "../../../../shared/domain/webhooks/delivery.ts";
import { leaseFrom, nextAttemptAfter } from "../../../../shared/domain/webhooks/delivery-schedule.ts";
import { signedContent, toUnixSeconds } from "../../../../shared/domain/webhooks/signed-content.ts";
import type { Webhook } from "../../../../shared/domain/webhooks/webhook.ts";

const START_MS = Date.parse("2026-11-02T09:30:00Z");
const at = (seconds: number): Instant => instantOf(START_MS + seconds * 1_000);
const secondsOf = (instant: Instant): number => (Date.parse(instant) - START_MS) / 1_000;

const webhook: Webhook = {
  audience: "enterprise",
  institution: "91999999DEM000006M",
  webhookId: "payroll",
  url: "https://payroll.example.org/",
  sealedSecret: "s".repeat(43),
  active: true,
  version: 3,
  updatedAt: at(-60),
};
const event: ServiceEvent = {
  eventId: "V1-4",
  type: "CLAIM_SETTLED",
  at: at(-1),
  subject: "V1",
  sequence: 4,
};
const delivery = startDelivery(webhook, event, { order: "order", body: "{}", at: at(0), isLater: false });
const tried = (given: Delivery, outcome: AttemptOutcome, seconds: number): Delivery =>
  recordAttempt(given, { ...outcome, at: at(seconds), durationMs: 12 });

describe("the pauses", () => {
  it("grow from ten seconds to half a day and end within three days", () => {
    const times: number[] = [0];
    for (let failures = 1; ; failures += 1) {
      const last = times.at(-1) ?? 0;
      const next = nextAttemptAfter({ startedAt: at(0), failures, at: at(last) });
      if (next === undefined) break;
      times.push(secondsOf(next));
    }
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(pauses).toEqual([
      10, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 43_200, 43_200, 43_200,
    ]);
    expect(times.at(-1)).toBeLessThanOrEqual(72 * 3_600);
  });

  it("allow an attempt at the very end of the third day and none after it", () => {
    const HALF_DAY = 12 * 3_600;
    const end = 72 * 3_600 - HALF_DAY;
    expect(nextAttemptAfter({ startedAt: at(0), failures: 11, at: at(end) })).toBe(at(72 * 3_600));
    expect(nextAttemptAfter({ startedAt: at(0), failures: 11, at: at(end + 1) })).toBeUndefined();
  });

  it("a lease lasts longer than an attempt", () => {
    expect(secondsOf(leaseFrom(at(0)))).toBe(30);
  });
});

describe("a delivery", () => {
  it("starts as taken by whoever makes it", () => {
    expect(delivery).toEqual({
      audience: "enterprise",
      institution: "91999999DEM000006M",
      webhookId: "payroll",
      eventId: "V1-4",
      type: "CLAIM_SETTLED",
      order: "order",
      body: "{}",
      status: "PENDING",
      attempts: [],
      startedAt: at(0),
      failures: 0,
      nextAttemptAt: at(30),
      version: 1,
    });
  });

  it("may be left for a little later, to whoever comes then", () => {
    const later = startDelivery(webhook, event, { order: "order", body: "{}", at: at(0), isLater: true });
    expect(later).toEqual({ ...delivery, nextAttemptAt: at(10) });
  });

  it("is taken for the next attempt by the next version, which only one can write", () => {
    expect(takeDelivery(delivery, at(40))).toEqual({ ...delivery, nextAttemptAt: at(70), version: 2 });
  });

  it.each([200, 202, 204, 299])("is delivered by status %i", (status) => {
    expect(tried(delivery, { status }, 1)).toEqual({
      ...delivery,
      status: "DELIVERED",
      attempts: [{ at: at(1), status, durationMs: 12 }],
      nextAttemptAt: undefined,
      version: 2,
    });
  });

  it.each([
    { status: 199 },
    { status: 300 },
    { status: 302 },
    { status: 404 },
    { status: 500 },
    { error: "TIMED_OUT" },
  ] as const)("is tried again after %o", (outcome) => {
    expect(tried(delivery, outcome, 1)).toMatchObject({
      status: "PENDING",
      attempts: [{ at: at(1), ...outcome, durationMs: 12 }],
      failures: 1,
      nextAttemptAt: at(11),
    });
  });

  it("fails when three days are over", () => {
    const old: Delivery = { ...delivery, failures: 13 };
    expect(tried(old, { status: 500 }, 71 * 3_600)).toMatchObject({
      status: "FAILED",
      failures: 14,
      nextAttemptAt: undefined,
    });
  });

  it("fails at once where its webhook was switched off", () => {
    expect(tried(delivery, { error: "WEBHOOK_INACTIVE" }, 1)).toMatchObject({
      status: "FAILED",
      nextAttemptAt: undefined,
    });
  });

  it("keeps its latest 40 attempts", () => {
    let many = delivery;
    for (let number = 1; number <= 42; number += 1) many = tried(many, { status: 400 + number }, number);
    expect(many.attempts).toHaveLength(40);
    expect([many.attempts[0]?.status, many.attempts.at(-1)?.status]).toEqual([403, 442]);
  });

  it("that is sent once more starts anew and keeps what happened", () => {
    const failed: Delivery = { ...tried(delivery, { status: 500 }, 1), status: "FAILED", failures: 9 };
    expect(restartDelivery(failed, at(500_000))).toEqual({
      ...failed,
      status: "PENDING",
      startedAt: at(500_000),
      failures: 0,
      nextAttemptAt: at(500_000),
      version: 3,
    });
  });
});

describe("what is signed", () => {
  it("is id, time and body, joined by dots", () => {
    expect(signedContent("V1-4", 1_793_611_800, '{"a":1}')).toBe('V1-4.1793611800.{"a":1}');
  });
  it("has the time in whole seconds", () => {
    expect(toUnixSeconds(instantOf(1_793_611_800_999))).toBe(1_793_611_800);
  });
});
