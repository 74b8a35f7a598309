import { makeApiHandler } from "../api-handler.ts";
import { bind } from "../bind.ts";
import { makeServices } from "../services.ts";
import { financeOperations as operations } from "./operations.ts";
import { summariseSettlements } from "./summarise-settlements.ts";

const services = makeServices();

/** All operations of finance staff. */
export const handler = makeApiHandler(
  [bind(operations.summariseSettlements, summariseSettlements(services))],
  services.logger,
);
