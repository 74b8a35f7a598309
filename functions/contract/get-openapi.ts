import { answerWith, type Outcome } from "../kit/bind.ts";
import type { OpenapiDocument } from "./openapi-document.ts";

export const getOpenapi = (document: OpenapiDocument) => async (): Outcome => answerWith(document);
