import { type Instant, instantOf } from "../../shared/domain/dates.ts";
import { EVENT_SETTLING_MS } from "../../shared/domain/events/service-event.ts";
import {
  type Feed,
  type LatestEvents,
  orderOf,
  readFeed,
  readLatestEvents,
} from "../../shared/store/events/event-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { isEventPlace, readPlace, toCursor } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import { toEventView } from "./event-view.ts";
import type * as feed from "./list-events.contract.ts";

type Call = CallOf<
  | typeof feed.listHospitalEventsContract
  | typeof feed.listEnterpriseEventsContract
  | typeof feed.listAgencyEventsContract
>;
type Needs = Pick<Services, "db" | "now">;
type Read = (after: string | undefined, limit: number) => Promise<LatestEvents>;

/** The last place that no other event can still come in before; `after` where there is none. */
function placeToGoOn(
  { events, readUpTo }: LatestEvents,
  after: string | undefined,
  now: Instant,
): string | undefined {
  const horizon = instantOf(Date.parse(now) - EVENT_SETTLING_MS);
  if (readUpTo !== undefined && readUpTo < horizon) return readUpTo;
  const last = events.findLast(({ at }) => at < horizon);
  return last === undefined ? after : orderOf(last);
}

async function list({ now }: Needs, call: Call, read: Read): Outcome {
  const place = readPlace(call, isEventPlace);
  if (!place.ok) return place;
  const latest = await read(place.value, call.query.limit);
  const next = placeToGoOn(latest, place.value, now());
  return answerWith({
    items: latest.events.map((event) => toEventView(event, call.definition.audience)),
    next: next === undefined ? null : toCursor(call, next),
  });
}

const readOwn =
  ({ db }: Needs, feed: Feed): Read =>
  async (after, limit) => ({ events: await readFeed(db, feed, after, limit) });

/** What happened to a hospital's claims. Every event comes at least once, with an id to know it by. */
export const listHospitalEvents =
  (services: Needs) =>
  (call: Call): Outcome =>
    list(services, call, readOwn(services, { audience: "hospital", hospitalCode: call.caller.institution }));

/** What happened to the claims of an employer's workers. */
export const listEnterpriseEvents =
  (services: Needs) =>
  (call: Call): Outcome =>
    list(
      services,
      call,
      readOwn(services, { audience: "enterprise", employerUscc: call.caller.institution }),
    );

/** What happened in the district; without a place to go on from, in the last days. Of a long time, a month at once. */
export const listAgencyEvents =
  (services: Needs) =>
  (call: Call): Outcome => {
    const db = { ...services.db, signal: call.signal };
    return list(services, call, (after, limit) => readLatestEvents(db, services.now(), after, limit));
  };
