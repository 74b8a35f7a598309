import { type Instant, instantOf } from "../../shared/domain/dates.ts";
import { EVENT_SETTLING_MS, type ServiceEvent } from "../../shared/domain/events/service-event.ts";
import { orderOf, readFeed, readLatestEvents } from "../../shared/store/event-store.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import { isEventPlace, readPlace, toCursor } from "../cursor.ts";
import type { Services } from "../services.ts";
import { toEventView } from "./event-view.ts";
import type * as feed from "./feed-operation.ts";

type Call = CallOf<
  typeof feed.listHospitalEvents | typeof feed.listEnterpriseEvents | typeof feed.listAgencyEvents
>;
type Needs = Pick<Services, "db" | "now">;
type Read = (after: string | undefined, limit: number) => Promise<readonly ServiceEvent[]>;

/** The last place that no other event can still come in before; `after` where there is none. */
function placeToGoOn(
  events: readonly ServiceEvent[],
  after: string | undefined,
  now: Instant,
): string | null {
  const horizon = instantOf(Date.parse(now) - EVENT_SETTLING_MS);
  const last = events.findLast(({ at }) => at < horizon);
  if (last !== undefined) return toCursor(orderOf(last));
  return after === undefined ? null : toCursor(after);
}

async function list({ now }: Needs, { definition, query }: Call, read: Read): Outcome {
  const place = readPlace(query.after, isEventPlace, "#query/after");
  if (!place.ok) return place;
  const events = await read(place.value, query.limit);
  return answerWith({
    items: events.map((event) => toEventView(event, definition.audience)),
    next: placeToGoOn(events, place.value, now()),
  });
}

/** What happened to a hospital's claims. Every event comes at least once, with an id to know it by. */
export const listHospitalEvents =
  (services: Needs) =>
  (call: Call): Outcome =>
    list(services, call, (after, limit) =>
      readFeed(services.db, { audience: "hospital", hospitalCode: call.caller.institution }, after, limit),
    );

/** What happened to the claims of an employer's workers. */
export const listEnterpriseEvents =
  (services: Needs) =>
  (call: Call): Outcome =>
    list(services, call, (after, limit) =>
      readFeed(services.db, { audience: "enterprise", employerUscc: call.caller.institution }, after, limit),
    );

/** What happened in the district; without a place to go on from, in the last days. */
export const listAgencyEvents =
  (services: Needs) =>
  (call: Call): Outcome =>
    list(services, call, (after, limit) => readLatestEvents(services.db, services.now(), after, limit));
