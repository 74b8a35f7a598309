import type { NamedHospital } from "../../shared/domain/failures.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { findHospital } from "../../shared/store/registry/registry-store.ts";

/**
 * A hospital as another one is told of it. Undefined where its code is not known, as of a bed that was taken before its
 * hospital was kept with it.
 */
export async function nameHospital(
  db: Database,
  code: string | undefined,
): Promise<NamedHospital | undefined> {
  if (code === undefined || code === "") return undefined;
  return { code, name: (await findHospital(db, code))?.name ?? "" };
}
