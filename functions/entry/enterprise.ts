import { commonAdvice } from "../../shared/http/failure-advice.ts";
import { makeAccessAudit } from "../kit/access-audit.ts";
import { makeApiHandler } from "../kit/api-handler.ts";
import { makeServices } from "../kit/services.ts";
import { bindAll } from "./enterprise-routes.ts";

const services = makeServices();

/** All operations of enterprises. */
export const handler = makeApiHandler(bindAll(services), services, makeAccessAudit(services), commonAdvice);
