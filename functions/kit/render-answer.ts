import * as z from "zod/mini";
import type { OperationContract } from "./operation.ts";

/** An answer's text. It passes through its schema: what is not declared does not leave. */
export const renderAnswer = (definition: OperationContract, value: unknown): string =>
  JSON.stringify(z.parse(definition.answer.schema, value));
