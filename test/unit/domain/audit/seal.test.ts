import { describe, expect, it } from "vitest";
import { jobAuditContext } from "../../../../shared/domain/audit/audit-entry.ts";
import { compareEntries, type SealedEntry } from "../../../../shared/domain/audit/seal.ts";

const sealed: readonly SealedEntry[] = [
  ["1", "a"],
  ["2", "b"],
  ["3", "c"],
];

describe("what was sealed", () => {
  it("is whole where every entry is there as it was", () => {
    expect(compareEntries(sealed, [...sealed].reverse())).toEqual([]);
    expect(compareEntries([], [])).toEqual([]);
  });

  it("tells each entry that was altered, removed or added by its place", () => {
    expect(
      compareEntries(sealed, [
        ["1", "a"],
        ["2", "x"],
        ["4", "d"],
      ]),
    ).toEqual([
      { fault: "ENTRY_ALTERED", place: "2" },
      { fault: "ENTRY_REMOVED", place: "3" },
      { fault: "ENTRY_ADDED", place: "4" },
    ]);
  });

  it("tells two that were swapped as both altered", () => {
    const swapped: SealedEntry[] = [
      ["1", "b"],
      ["2", "a"],
      ["3", "c"],
    ];
    expect(compareEntries(sealed, swapped).map(({ fault }) => fault)).toEqual([
      "ENTRY_ALTERED",
      "ENTRY_ALTERED",
    ]);
  });
});

it("a job acts in its own name", () => {
  expect(jobAuditContext("follow-case-decision", "V1")).toEqual({
    role: "job",
    institution: "follow-case-decision",
    operation: "follow-case-decision",
    requestId: "V1",
  });
});
