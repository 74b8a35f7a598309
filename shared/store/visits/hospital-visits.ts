import * as z from "zod/mini";
import { type Day, dayOf } from "../../domain/dates.ts";
import type { Visit, VisitStatus } from "../../domain/visits/visit.ts";
import type { Database } from "../kit/database.ts";
import { indexKeys } from "../kit/keys.ts";
import { queryAll } from "../kit/read.ts";
import { type IndexDefinition, visitsByHospital, visitsByHospitalAndWorker } from "../kit/table-schema.ts";
import { findVisits } from "./case-visits.ts";

/** How many visits one page looks at where only those of one status are asked for; no page shows as many. */
export const MOST_VISITS_LOOKED_AT = 500;

/** Which visits of a hospital: admitted within a period, perhaps of one status. */
export interface HospitalVisitsQuery {
  readonly hospitalCode: string;
  readonly status?: VisitStatus | undefined;
  readonly from: Day;
  readonly to: Day;
}

/** Which visits of a hospital: those of one worker. */
export interface WorkerVisitsQuery {
  readonly hospitalCode: string;
  readonly workerId: string;
}

export interface VisitPage {
  readonly visits: readonly Visit[];
  /** Where the next page goes on, `day#visitId`; absent on the last one. A page may be empty and have it. */
  readonly next?: string;
}

/** How much of a list is wanted. */
export interface VisitPageQuery {
  readonly limit: number;
  /** The place of the visit that was shown last, or of the last one that was looked at. */
  readonly after?: string | undefined;
  /** How many visits are looked at where only some are shown. */
  readonly looksAtMost?: number;
}

interface Stretch {
  readonly index: IndexDefinition;
  readonly key: string;
  readonly first: string;
  readonly last: string;
}

const Place = z.object({ claimOrder: z.string() });
type VisitPlace = Pick<Visit, "visitId" | "hospitalCode"> & { readonly place: string };

function toVisitPlace(item: unknown): VisitPlace {
  const [admittedOn = "", visitId = "", hospitalCode = ""] = Place.parse(item).claimOrder.split("#");
  return { visitId, hospitalCode, place: `${admittedOn}#${visitId}` };
}

/** Where so many visits of a stretch are, the latest admission first. */
async function readPlaces(
  db: Database,
  { index, key, first, last }: Stretch,
  count: number,
): Promise<VisitPlace[]> {
  const input = {
    TableName: db.ledger,
    IndexName: index.name,
    ScanIndexForward: false,
    Limit: count,
    KeyConditionExpression: `${index.partitionKey} = :key AND ${index.sortKey} BETWEEN :first AND :last`,
    ExpressionAttributeValues: { ":key": key, ":first": first, ":last": last },
  };
  return (await queryAll(db, input, count)).map(toVisitPlace);
}

/** Visits as they stand, in the order of their places. */
async function findInOrder(db: Database, places: readonly VisitPlace[]): Promise<Visit[]> {
  const visits = new Map((await findVisits(db, places)).map((visit) => [visit.visitId, visit]));
  return places.flatMap(({ visitId }) => visits.get(visitId) ?? []);
}

const pageUpTo = (visits: readonly Visit[], next: string | undefined): VisitPage =>
  next === undefined ? { visits } : { visits, next };

const placeOf = (visit: Visit | undefined): string | undefined =>
  visit === undefined ? undefined : `${dayOf(visit.admittedAt)}#${visit.visitId}`;

/** Visit ids start with `V`, which sorts before `~`; what is kept of a place goes on, and so sorts after it. */
const END_OF_DAY = "#~";

/**
 * One page of a hospital's visits as they stand, the latest admission first, from after a place. Where only those of one
 * status are asked for, it looks at 500 at most, so that a page may be short, or empty, and not be the last. The index
 * follows what is written after a moment.
 */
export async function readVisitsOfHospital(
  db: Database,
  { hospitalCode, status, from, to }: HospitalVisitsQuery,
  { limit, after, looksAtMost = MOST_VISITS_LOOKED_AT }: VisitPageQuery,
): Promise<VisitPage> {
  const looked = status === undefined ? limit : looksAtMost;
  const key = indexKeys.hospital(hospitalCode);
  const stretch = { index: visitsByHospital, key, first: from, last: after ?? `${to}${END_OF_DAY}` };
  const places = await readPlaces(db, stretch, looked + 1);
  const found = await findInOrder(db, places.slice(0, looked));
  const wanted = found.filter((visit) => status === undefined || visit.status === status);
  const visits = wanted.slice(0, limit);
  if (wanted.length > limit) return pageUpTo(visits, placeOf(visits.at(-1)));
  return pageUpTo(visits, places.length > looked ? places[looked - 1]?.place : undefined);
}

/** Before every day. */
const FIRST = "0";

/** One page of a worker's visits at a hospital as they stand, the latest admission first, from after a place. */
export async function readVisitsOfWorker(
  db: Database,
  { hospitalCode, workerId }: WorkerVisitsQuery,
  { limit, after = `9999-12-31${END_OF_DAY}` }: VisitPageQuery,
): Promise<VisitPage> {
  const key = indexKeys.hospitalAndWorker(hospitalCode, workerId);
  const stretch = { index: visitsByHospitalAndWorker, key, first: FIRST, last: after };
  const places = await readPlaces(db, stretch, limit + 1);
  const visits = await findInOrder(db, places.slice(0, limit));
  return pageUpTo(visits, places.length > limit ? places[limit - 1]?.place : undefined);
}
