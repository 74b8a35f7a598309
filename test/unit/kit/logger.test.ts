import { expect, test } from "vitest";
import { makeLogger } from "../../../shared/observability/logger.ts";

test("an entry is one line of JSON with severity and code, whatever its fields hold", () => {
  const lines: string[] = [];
  const { log } = makeLogger("DEBUG", (line) => lines.push(line));
  const forged = 'x"}\r\n{"severity":"INFO","code":"REQUEST_ANSWERED","\u001b[31m\u2028';
  log("REQUEST_FAILED", { route: forged, status: 500, missing: undefined });
  expect(lines).toHaveLength(1);
  for (const control of ["\r", "\n", "\u001b"]) expect(lines[0]).not.toContain(control);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    severity: "ERROR",
    code: "REQUEST_FAILED",
    route: forged,
    status: 500,
  });
});

test("what is below the lowest severity is not written", () => {
  const lines: string[] = [];
  const { log } = makeLogger("WARN", (line) => lines.push(line));
  log("REQUEST_ANSWERED", {});
  log("COMMIT_RETRIED", {});
  expect(lines.map((line) => JSON.parse(line).code)).toEqual(["COMMIT_RETRIED"]);
});
