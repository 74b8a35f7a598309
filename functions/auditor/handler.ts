import { makeAccessTrail } from "../access-trail.ts";
import { makeApiHandler } from "../api-handler.ts";
import { makeServices } from "../services.ts";
import { bindAll } from "./bound-operations.ts";

const services = makeServices();

/** All operations of auditors. */
export const handler = makeApiHandler(bindAll(services), services, makeAccessTrail(services));
