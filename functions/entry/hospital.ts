import { hospitalAdvice } from "../../shared/http/hospital-advice.ts";
import { makeAccessAudit } from "../kit/access-audit.ts";
import { makeApiHandler } from "../kit/api-handler.ts";
import { makeServices } from "../kit/services.ts";
import { bindAll } from "./hospital-routes.ts";

const services = makeServices();

/** All operations of designated hospitals. */
export const handler = makeApiHandler(bindAll(services), services, makeAccessAudit(services), hospitalAdvice);
