import { fullAdvice } from "../../shared/http/full-advice.ts";
import { makeCipher } from "../../shared/personal-data/make-cipher.ts";
import { makeAccessAudit } from "../kit/access-audit.ts";
import { makeApiHandler } from "../kit/api-handler.ts";
import { makeServices } from "../kit/services.ts";
import { bindAll } from "./agency-routes.ts";

const services = makeServices();

/** All operations of the agency. */
export const handler = makeApiHandler(
  bindAll({ ...services, cipher: makeCipher(services.personalData) }),
  services,
  makeAccessAudit(services),
  fullAdvice,
);
