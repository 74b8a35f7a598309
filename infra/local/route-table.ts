import type { OperationContract } from "../../functions/kit/operation.ts";

export type RouteMatch =
  | {
      readonly kind: "FOUND";
      readonly definition: OperationContract;
      readonly params: Readonly<Record<string, string>>;
    }
  | { readonly kind: "OTHER_METHOD"; readonly allowed: readonly string[] }
  | { readonly kind: "NOT_FOUND" };

interface Route {
  readonly definition: OperationContract;
  readonly segments: readonly string[];
}

const isParameter = (segment: string): boolean => segment.startsWith("{");

/** The parameters of a path that fits a route; undefined where it does not, or is badly encoded. */
function matchPath(route: Route, segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, expected] of route.segments.entries()) {
    const given = segments[index] ?? "";
    if (!isParameter(expected)) {
      if (expected !== given) return undefined;
      continue;
    }
    if (given === "") return undefined;
    try {
      params[expected.slice(1, -1)] = decodeURIComponent(given);
    } catch {
      return undefined;
    }
  }
  return params;
}

/** Finds the operation of a method and path, as API Gateway does: fixed segments before parameters. */
export function makeRouteTable(operations: readonly OperationContract[]) {
  const byLength = new Map<number, Route[]>();
  for (const definition of operations) {
    const segments = definition.path.split("/");
    byLength.set(segments.length, [...(byLength.get(segments.length) ?? []), { definition, segments }]);
  }
  const parameterCount = (route: Route): number => route.segments.filter(isParameter).length;
  for (const routes of byLength.values()) routes.sort((a, b) => parameterCount(a) - parameterCount(b));

  return (method: string, path: string): RouteMatch => {
    const segments = path.split("/");
    const allowed: string[] = [];
    for (const route of byLength.get(segments.length) ?? []) {
      const params = matchPath(route, segments);
      if (params === undefined) continue;
      if (route.definition.method === method) return { kind: "FOUND", definition: route.definition, params };
      allowed.push(route.definition.method);
    }
    return allowed.length > 0 ? { kind: "OTHER_METHOD", allowed } : { kind: "NOT_FOUND" };
  };
}
