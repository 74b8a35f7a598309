import type { Fault, NamedHospital } from "../../shared/domain/failures.ts";
import { findNextStay, toStay } from "../../shared/domain/visits/stays.ts";
import type { Visit } from "../../shared/domain/visits/visit.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { findStays } from "../../shared/store/visits/stay-store.ts";
import { nameHospital } from "./name-hospital.ts";

const code = "DAY_NOT_OF_STAY";

/** The hospital of the stay that has the days after this one's: two reads, made for a refusal alone. */
async function nameNext(db: Database, visit: Visit): Promise<{ readonly hospital?: NamedHospital }> {
  const { stays } = await findStays(db, visit.workerId);
  const others = stays.filter(({ visitId }) => visitId !== visit.visitId);
  const hospital = await nameHospital(db, findNextStay(others, toStay(visit))?.hospitalCode);
  return hospital === undefined ? {} : { hospital };
}

/** Faults of lines, of which those of days that are another stay's name its hospital. */
export async function nameNextStay(
  db: Database,
  visit: Visit,
  faults: readonly Fault[],
): Promise<readonly Fault[]> {
  if (!faults.some((fault) => fault.code === code)) return faults;
  const named = await nameNext(db, visit);
  return faults.map((fault) => (fault.code === code ? { ...fault, ...named } : fault));
}
