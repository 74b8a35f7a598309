import { noBody, noParams, noQuery } from "./operation.ts";

const common = { audience: "agency", query: noQuery } as const;

/** What the agency states anew as a whole. */
export const statement = { ...common, roles: ["agency"], method: "PUT", message: false } as const;
export const message = {
  ...common,
  roles: ["agency"],
  method: "POST",
  message: true,
  params: noParams,
} as const;
/** What changes nothing: auditors may call it as well. */
export const reading = {
  ...common,
  roles: ["agency", "auditor"],
  method: "GET",
  message: false,
  body: noBody,
} as const;
