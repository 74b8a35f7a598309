import { readConfig } from "../../shared/config.ts";
import { standardClaimNames } from "../../shared/http/caller.ts";
import { commonAdvice } from "../../shared/http/failure-advice.ts";
import { makeLogger } from "../../shared/observability/logger.ts";
import { makeOpenapi } from "../contract/openapi.ts";
import { operations } from "../contract/operations.ts";
import { makeApiHandler } from "../kit/api-handler.ts";
import { makeRateLimit } from "../kit/rate-limit.ts";
import { bindAll } from "./public-routes.ts";

// biome-ignore lint/style/noProcessEnv: makeServices would connect to tables, and this function has none.
const { logLevel } = readConfig(process.env);

/** Of one process: the page, the document and the health check are read now and then. */
const PUBLIC_RATE = { perSecond: 200, burst: 400 };

/** All operations that anybody may call. */
export const handler = makeApiHandler(
  bindAll(makeOpenapi(operations)),
  {
    logger: makeLogger(logLevel, (line) => process.stdout.write(`${line}\n`)),
    // Nobody is asked for a token here; all share one allowance.
    access: {
      claimNames: standardClaimNames,
      checkInstitution: async () => undefined,
      takeRequest: makeRateLimit(PUBLIC_RATE, Date.now),
      hashContent: (content) => content,
    },
  },
  // Nobody is named by a call without a token, and no answer tells of a person.
  async ({ outcome }) => outcome,
  commonAdvice,
);
