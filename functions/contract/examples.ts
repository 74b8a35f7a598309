import { exampleVisitId } from "../kit/example-values.ts";
import { operationDocs } from "./operation-docs.ts";

const examples = Object.entries(operationDocs).map(([id, docs]) => [id, docs().example] as const);

/**
 * Requests to start from, by operation id. Their codes are those of the demo district, so that they can be sent to a
 * service on one machine as they are.
 */
export const requestExamples: Readonly<Record<string, unknown>> = Object.fromEntries(
  examples.flatMap(([id, example]) => (example?.request === undefined ? [] : [[id, example.request]])),
);

/** Answers to the requests above, where an answer says more than its schema. */
export const answerExamples: Readonly<Record<string, unknown>> = Object.fromEntries(
  examples.flatMap(([id, example]) => (example?.answer === undefined ? [] : [[id, example.answer]])),
);

/** Values for the parameters of paths, by name. */
export const parameterExamples: Readonly<Record<string, string>> = {
  caseNo: "GS2026000001",
  code: "H33030400001",
  effectiveFrom: "2026-07-01",
  eventId: `${exampleVisitId}-4`,
  itemCode: "M-0105",
  key: "H33030400001-20261102-000137",
  reconciliationId: "2026-11-02",
  settlementId: `${exampleVisitId}-1`,
  uscc: "91999999DEM000006M",
  visitId: exampleVisitId,
  webhookId: "his",
  workerId: "W7H2K9Q4M1X8B3C6D5E0R",
};
