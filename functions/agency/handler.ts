import { makeCipher } from "../../shared/personal-data/make-cipher.ts";
import { makeAccessTrail } from "../access-trail.ts";
import { makeApiHandler } from "../api-handler.ts";
import { makeServices } from "../services.ts";
import { bindAll } from "./bound-operations.ts";

const services = makeServices();

/** All operations of the agency. */
export const handler = makeApiHandler(
  bindAll({ ...services, cipher: makeCipher(services.personalData) }),
  services,
  makeAccessTrail(services),
);
