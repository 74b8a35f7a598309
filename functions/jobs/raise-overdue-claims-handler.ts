import { makeServices } from "../services.ts";
import { raiseOverdueClaims } from "./raise-overdue-claims.ts";

const services = makeServices();

/** Called once a day. */
export const handler = async (): Promise<void> => {
  await raiseOverdueClaims(services);
};
