import { makeApiHandler } from "../api-handler.ts";
import { bind } from "../bind.ts";
import { makeServices } from "../services.ts";
import { getClaim } from "./get-claim.ts";
import { listClaims } from "./list-claims.ts";
import { enterpriseOperations as operations } from "./operations.ts";
import { summariseClaims } from "./summarise-claims.ts";

const services = makeServices();

/** All operations of enterprises. */
export const handler = makeApiHandler(
  [
    bind(operations.listClaims, listClaims(services)),
    bind(operations.getClaim, getClaim(services)),
    bind(operations.summariseClaims, summariseClaims(services)),
  ],
  services.logger,
);
