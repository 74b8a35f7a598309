import { readConfig } from "../../shared/config.ts";
import { standardClaimNames } from "../../shared/http/caller.ts";
import { makeLogger } from "../../shared/observability/logger.ts";
import { makeApiHandler } from "../api-handler.ts";
import { operations } from "../operations.ts";
import { bindAll } from "./bound-operations.ts";
import { makeOpenapi } from "./openapi.ts";

// biome-ignore lint/style/noProcessEnv: makeServices would connect to tables, and this function has none.
const { logLevel } = readConfig(process.env);

/** All operations that anybody may call. */
export const handler = makeApiHandler(
  bindAll(makeOpenapi(operations)),
  {
    logger: makeLogger(logLevel, (line) => process.stdout.write(`${line}\n`)),
    // Nobody is asked for a token here; the stage's throttle holds for all.
    access: {
      claimNames: standardClaimNames,
      checkInstitution: async () => undefined,
      takeRequest: () => undefined,
      hashContent: (content) => content,
    },
  },
  // Nobody is named by a call without a token, and no answer tells of a person.
  async ({ outcome }) => outcome,
);
