import * as z from "zod/mini";
import type { OperationDefinition } from "./operation.ts";

/** An answer's text. It passes through its schema: what is not declared does not leave. */
export const renderAnswer = (definition: OperationDefinition, value: unknown): string =>
  JSON.stringify(z.parse(definition.answer.schema, value));
