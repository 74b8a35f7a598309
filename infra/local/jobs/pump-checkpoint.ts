import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Instant } from "../../../shared/domain/dates.ts";
import { StoredInstant } from "../../../shared/store/kit/stored-fields.ts";

/** Up to when every event was handled. */
export interface PumpStore {
  readonly read: () => Promise<Instant | undefined>;
  readonly write: (at: Instant) => Promise<void>;
}

/** In a file beside the data, or in memory where nothing is kept. */
export function makePumpCheckpoint(file: string | undefined): PumpStore {
  let latest: Instant | undefined;
  return {
    read: async () => {
      if (file === undefined || !existsSync(file)) return latest;
      return StoredInstant.safeParse(readFileSync(file, "utf8")).data;
    },
    write: async (at) => {
      latest = at;
      if (file === undefined) return;
      writeFileSync(`${file}.next`, at, { mode: 0o600 });
      renameSync(`${file}.next`, file);
    },
  };
}
