import * as z from "zod/mini";
import { operations } from "../../../functions/contract/operations.ts";
import type { OperationContract } from "../../../functions/kit/operation.ts";
import type { Fault } from "../../../shared/domain/failures.ts";
import { toFaults } from "../../../shared/http/schema-faults.ts";
import type { ItemBody } from "./columns.ts";

function getOperation(id: string): OperationContract {
  const found = operations.find((operation) => operation.id === id);
  if (found === undefined) throw new RangeError(`there is no operation ${id}`);
  return found;
}

/** The operation that the rows are sent to. */
export const importOperation = getOperation("import-catalogue");

/** The operation that tells what an import would change. */
export const previewOperation = getOperation("preview-catalogue");

/** What the service would object to, were this the only item of a call: pointers begin with `/items/0`. */
export function findItemFaults(item: ItemBody): Fault[] {
  const parsed = z.safeParse(importOperation.body, { items: [item] }, { reportInput: true });
  return parsed.success ? [] : toFaults("", parsed.error.issues);
}
