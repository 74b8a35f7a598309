import { noBody, noQuery } from "../kit/operation.ts";

export const open = {
  audience: "public",
  roles: [],
  message: false,
  method: "GET",
  query: noQuery,
  body: noBody,
} as const;
