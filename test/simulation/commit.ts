import type { Beginning } from "./message-checks.ts";
import type { Request } from "./request.ts";
import type { Item } from "./values.ts";

/** What one write of the store left of one item. */
export interface Change {
  readonly pk: string;
  readonly sk: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** One write that the store carried out, with the request that asked for it. */
export interface Commit {
  readonly request: Request;
  readonly beginning: Beginning;
  readonly changes: readonly Change[];
  /** Milliseconds since 1970. */
  readonly at: number;
}
