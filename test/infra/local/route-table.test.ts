import { describe, expect, test } from "vitest";
import { operations } from "../../../functions/contract/operations.ts";
import { makeRouteTable } from "../../../infra/local/route-table.ts";

const findRoute = makeRouteTable(operations);

describe("the route table", () => {
  test.each(operations.map((definition) => [definition.id, definition] as const))(
    "finds %s",
    (_id, definition) => {
      const path = definition.path.replaceAll(/\{\w+\}/g, "a%2Fb");
      const match = findRoute(definition.method, path);
      expect(match).toMatchObject({ kind: "FOUND", definition: { id: definition.id } });
      if (match.kind === "FOUND")
        expect(Object.values(match.params).every((value) => value === "a/b")).toBe(true);
    },
  );

  test.each(["/v1/hospital/visits/", "/v1/hospital/visits/%zz", "/v1/hospital/visits/a/b/c", ""])(
    "finds nothing at %j",
    (path) => {
      expect(findRoute("GET", path)).toEqual({ kind: "NOT_FOUND" });
    },
  );

  test("decodes a part of a path once, and not again what comes out of it", () => {
    const match = findRoute("GET", "/v1/hospital/visits/a%252Fb%2541");
    expect(match).toMatchObject({ kind: "FOUND", params: { visitId: "a%2Fb%41" } });
  });
});
