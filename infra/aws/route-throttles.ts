import { CfnStage, type HttpStage } from "aws-cdk-lib/aws-apigatewayv2";
import type { OperationContract } from "../../functions/kit/operation.ts";
import type { Throttle } from "./stages.ts";

/** Whoever tries paths out, or reads what anybody may read, wakes the function no oftener. */
const publicThrottle = { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 };

const routeKeyOf = ({ method, path }: OperationContract): string => `${method} ${path}`;

/** What is said of one route replaces the whole of what is said of all, so every route has both limits. */
export function setRouteThrottles(
  httpStage: HttpStage,
  throttles: Readonly<Record<string, Throttle>>,
  operations: readonly OperationContract[],
): void {
  const open = operations.filter(({ audience }) => audience === "public").map(routeKeyOf);
  const settings: Record<string, typeof publicThrottle> = Object.fromEntries(
    ["$default", ...open].map((route) => [route, publicThrottle]),
  );
  for (const [id, throttle] of Object.entries(throttles)) {
    const operation = operations.find((candidate) => candidate.id === id);
    if (operation === undefined) {
      throw new Error(`the stage limits the operation "${id}", which does not exist (infra/aws/stages.ts)`);
    }
    settings[routeKeyOf(operation)] = {
      ThrottlingRateLimit: throttle.ratePerSecond,
      ThrottlingBurstLimit: throttle.burst,
    };
  }
  const resource = httpStage.node.defaultChild;
  if (!(resource instanceof CfnStage)) throw new Error("an HTTP stage is made of a CloudFormation stage");
  resource.routeSettings = settings;
}
