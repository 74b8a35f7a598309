import { describe, expect, it } from "vitest";
import { isMonthClosed } from "../../../../shared/domain/messages/month-closing.ts";
import { makePolicy, toDay } from "../../../support/builders.ts";

const closed = (on: string, today: string, ...policies: ReturnType<typeof makePolicy>[]) =>
  isMonthClosed(policies, toDay(on), toDay(today));

describe("a month", () => {
  it("is closed after the 5th of the next one, where no policy says otherwise", () => {
    expect(closed("2025-12-31", "2025-12-31")).toBe(false);
    expect(closed("2025-12-01", "2026-01-05")).toBe(false);
    expect(closed("2025-12-31", "2026-01-06")).toBe(true);
    expect(closed("2026-01-31", "2026-02-06", makePolicy())).toBe(true);
    expect(closed("2024-02-29", "2024-03-05")).toBe(false);
  });

  it("is closed by the policy that was in force on the day", () => {
    const before = makePolicy({ effectiveFrom: "2025-01-01", monthClosesOn: 10 });
    const after = makePolicy({ effectiveFrom: "2026-01-01", monthClosesOn: 1 });
    expect(closed("2025-12-31", "2026-01-10", before, after)).toBe(false);
    expect(closed("2025-12-31", "2026-01-11", before, after)).toBe(true);
    expect(closed("2026-01-31", "2026-02-01", before, after)).toBe(false);
    expect(closed("2026-01-31", "2026-02-02", before, after)).toBe(true);
  });
});
