import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../../functions/contract/operations.ts";
import { makeServices } from "../../../functions/kit/services.ts";
import { addDays, instantOf } from "../../../shared/domain/dates.ts";
import { EVENT_SETTLING_MS } from "../../../shared/domain/events/service-event.ts";
import { MAX_WEBHOOKS, webhookAudiences } from "../../../shared/domain/webhooks/webhook.ts";
import { type Deed, type District, deeds, on, openDistrict } from "../../support/busy-district.ts";
import { stateRegistry, today } from "../../support/demo-case.ts";
import { allowEverything } from "../../support/everything.ts";
import { makeHandlers } from "../../support/handlers.ts";
import {
  type CallAnswer,
  type CallInput,
  makeCall,
  startTestService,
  type TestService,
} from "../../support/service.ts";
import { type Receiver, startReceiver } from "../../support/webhook-receiver.ts";

interface Element {
  readonly [field: string]: unknown;
}

/** A list, as one institution asks for it. */
interface List {
  readonly id: string;
  /** What an element is known by, however much of it changes. */
  readonly identify: (element: Element) => string;
  readonly elements: "items" | "rows" | "visits";
  /** A feed goes on for ever: it has come to its end where nothing new is told. */
  readonly isFeed: boolean;
  readonly inputOf: (district: District) => CallInput;
  /** The same list of somebody else, of something else, or asked for by another filter. */
  readonly otherInputs: (district: District) => readonly CallInput[];
}

const by =
  (...fields: readonly string[]) =>
  (element: Element): string =>
    fields.map((field) => String(element[field])).join(" ");

interface ListText extends Partial<Pick<List, "elements" | "isFeed" | "otherInputs">> {
  readonly inputOf?: List["inputOf"];
}
const list = (
  id: string,
  identify: List["identify"],
  { elements = "items", isFeed = false, inputOf = () => ({}), otherInputs = () => [] }: ListText = {},
): List => ({ id, identify, elements, isFeed, inputOf, otherInputs });

const MARCH = { from: "2026-03-01", to: "2026-03-31" };
const aWeek = { from: addDays(on, -6), to: on };

const ofStay = {
  inputOf: ({ hospital, stay }: District) => ({ institution: hospital, params: { visitId: stay } }),
  otherInputs: ({ hospital, otherHospital, stay, settled }: District) => [
    { institution: hospital, params: { visitId: settled } },
    { institution: otherHospital, params: { visitId: stay } },
  ],
};
const ofBill = {
  inputOf: ({ hospital, settlementId }: District) => ({ institution: hospital, params: { settlementId } }),
  otherInputs: ({ hospital, otherHospital, settlementId, stay }: District) => [
    { institution: hospital, params: { settlementId: `${stay}-1` } },
    { institution: otherHospital, params: { settlementId } },
  ],
};
const forAgency = <Text extends typeof ofStay | typeof ofBill>({ inputOf, otherInputs }: Text): ListText => ({
  inputOf: (district) => ({ params: inputOf(district).params }),
  otherInputs: (district) => otherInputs(district).map(({ params }) => ({ institution: "A330305", params })),
});
const owner = { hospital: "hospital", enterprise: "employer", agency: "agency" } as const;
const other = {
  hospital: ({ otherHospital }: District) => otherHospital,
  enterprise: ({ otherEmployer }: District) => otherEmployer,
  agency: () => "A330305",
} as const;
/** The posting of a line is known by its number and its name, which each posting here has of its own. */
const posting = by("lineNo", "name");

/** Every list that is read page by page, in the ways in which it is asked for. */
const lists: readonly List[] = [
  list("list-charges", posting, ofStay),
  list("list-agency-charges", posting, forAgency(ofStay)),
  list("list-settlement-lines", by("lineNo"), ofBill),
  list("list-agency-settlement-lines", by("lineNo"), forAgency(ofBill)),
  ...[{}, { status: "SETTLED" }, { status: "OPEN" }, MARCH].map((query) =>
    list("list-claims", by("visitId"), {
      inputOf: ({ employer }) => ({ institution: employer, query }),
      otherInputs: ({ employer, otherEmployer }) => [
        { institution: otherEmployer, query },
        { institution: employer, query: { status: "DEFERRED" } },
      ],
    }),
  ),
  ...[MARCH, { ...MARCH, status: "SETTLED" }].map((query) =>
    list("list-visits", by("visitId"), {
      inputOf: ({ hospital }) => ({ institution: hospital, query }),
      otherInputs: ({ hospital, otherHospital }) => [
        { institution: otherHospital, query },
        { institution: hospital, query: { ...MARCH, status: "OPEN" } },
        { institution: hospital, query: { hospitalVisitNo: "BUSY-1" } },
      ],
    }),
  ),
  list("find-visits", by("visitId"), {
    inputOf: ({ hospital, cardNumber }) => ({ institution: hospital, body: { cardNumber } }),
    otherInputs: ({ otherHospital, cardNumber }) => [{ institution: otherHospital, body: { cardNumber } }],
  }),
  list("get-case", by("visitId"), {
    elements: "visits",
    inputOf: ({ caseNo }) => ({ params: { caseNo } }),
    otherInputs: ({ caseNo, otherCaseNo }) => [
      { params: { caseNo: otherCaseNo } },
      { institution: "A330305", params: { caseNo } },
    ],
  }),
  ...webhookAudiences.flatMap((audience) => [
    list(`list-${audience}-events`, by("eventId"), {
      isFeed: true,
      inputOf: (district) => ({ institution: district[owner[audience]] }),
      otherInputs: (district) => [{ institution: other[audience](district) }],
    }),
    list(`list-${audience}-deliveries`, by("eventId"), {
      inputOf: (district) => ({
        institution: district[owner[audience]],
        params: { webhookId: district.webhookId },
      }),
      otherInputs: (district) => [
        { institution: other[audience](district), params: { webhookId: district.webhookId } },
        { institution: district[owner[audience]], params: { webhookId: "another" } },
      ],
    }),
  ]),
  list("list-audit-events", by("at", "requestId", "operation", "subject"), {
    inputOf: ({ hospital }) => ({ query: { ...today, institution: hospital } }),
    otherInputs: ({ hospital, otherHospital }) => [
      { query: { ...today, institution: otherHospital } },
      { query: today },
      { institution: "A330305", query: { ...today, institution: hospital } },
    ],
  }),
  list("list-differences", by("messageKey"), {
    inputOf: ({ hospital, reconciliation }) => ({ institution: hospital, params: reconciliation }),
    otherInputs: ({ otherHospital, reconciliation }) => [
      { institution: otherHospital, params: reconciliation },
    ],
  }),
  list("list-reconciliations", by("day", "hospitalCode"), {
    elements: "rows",
    inputOf: () => ({ query: aWeek }),
    otherInputs: () => [
      { query: { ...aWeek, from: addDays(on, -7) } },
      { institution: "A330305", query: aWeek },
    ],
  }),
  list("list-deferred-claims", by("visitId"), {
    otherInputs: () => [{ query: { groupBy: "age" } }, { institution: "A330305" }],
  }),
  ...["hospital", "employer"].map((groupBy) =>
    list("summarise-settlements", by("key"), {
      elements: "rows",
      inputOf: () => ({ query: { ...aWeek, groupBy } }),
      otherInputs: () => [
        { query: { ...aWeek, groupBy: "visitType" } },
        { institution: "A330305", query: { ...aWeek, groupBy } },
      ],
    }),
  ),
  list("list-policies", by("effectiveFrom"), { otherInputs: () => [{ institution: "A330305" }] }),
];

let service: TestService;
let receiver: Receiver;
/** Reads as of later, when no event can come in before those that are told. */
let readLater: TestService["call"];
/** The district of the tests that change nothing in it that another test looks at. */
let quiet: District;
beforeAll(async () => {
  allowEverything();
  [service, receiver] = await Promise.all([startTestService(), startReceiver()]);
  await stateRegistry(service);
  const now = () => instantOf(Date.now() + EVENT_SETTLING_MS + 20_000);
  readLater = makeCall(makeHandlers({ ...makeServices(), now })).call;
  quiet = await open();
}, 60_000);
afterAll(() => receiver.stop());

interface Page {
  readonly ids: readonly string[];
  /** Null where this was the last page. */
  readonly next: string | null;
}

const ask = ({ id, isFeed }: List, input: CallInput, limit: number, place: string | null) =>
  (isFeed ? readLater : service.call)(id, {
    ...input,
    query: {
      ...input.query,
      limit: String(limit),
      ...(place === null ? {} : { [isFeed ? "after" : "cursor"]: place }),
    },
  });

async function readPage(of: List, input: CallInput, limit: number, place: string | null): Promise<Page> {
  const answer = await ask(of, input, limit, place);
  if (answer.status !== 200) throw new Error(`${of.id}: ${answer.text}`);
  const elements: readonly Element[] = answer.body[of.elements];
  if (elements.length > limit) throw new Error(`${of.id}: a page is longer than was asked for`);
  const next = of.isFeed ? (elements.length === 0 ? null : answer.body.next) : answer.body.nextCursor;
  return { ids: elements.map(of.identify), next };
}

/** More pages than any list here has. */
const MANY_PAGES = 200;
/** Between so many pages something is done. */
const PAGES = 6;

/** All of a list, from a place on, with nothing done in between. */
async function readWhole(of: List, input: CallInput, limit: number, start: string | null): Promise<string[]> {
  const ids: string[] = [];
  let place = start;
  for (let pages = 0; pages < MANY_PAGES; pages += 1) {
    const page = await readPage(of, input, limit, place);
    ids.push(...page.ids);
    if (page.next === null) return ids;
    place = page.next;
  }
  throw new Error(`${of.id} does not end`);
}

/** One listing, and what stood whenever somebody looked. */
interface Listing {
  readonly of: List;
  readonly input: CallInput;
  readonly limit: number;
  /** Where it begins: a feed of the whole district, after what happened before. */
  readonly start: string | null;
  readonly seen: string[];
  readonly stood: ReadonlySet<string>[];
  place: string | null;
  pages: number;
  isOver: boolean;
}

async function look(listing: Listing): Promise<void> {
  const { of, input, start, stood } = listing;
  stood.push(new Set(await readWhole(of, input, 100, start)));
}

async function turnPage(listing: Listing): Promise<void> {
  const { of, input, limit, seen, place } = listing;
  const { ids, next } = await readPage(of, input, limit, place);
  seen.push(...ids);
  listing.place = next;
  listing.pages += 1;
  listing.isOver = next === null;
  if (listing.pages > MANY_PAGES) throw new Error(`${of.id} does not end`);
}

/** What a listing has left out, told twice, or told of what never stood. */
function faultsOf({ of, input, seen, stood }: Listing): string[] {
  const name = `${of.id} ${JSON.stringify(input.query ?? {})}`;
  const ever = new Set(stood.flatMap((each) => [...each]));
  const always = [...ever].filter((id) => stood.every((each) => each.has(id)));
  const told = new Set(seen);
  return [
    ...always.filter((id) => !told.has(id)).map((id) => `${name} left out ${id}`),
    ...[...told].filter((id) => !ever.has(id)).map((id) => `${name} told of ${id}, which never stood`),
    ...seen.filter((id, place) => seen.indexOf(id) !== place).map((id) => `${name} told twice of ${id}`),
  ];
}

async function begin(of: List, district: District, pages: number): Promise<Listing> {
  const input = of.inputOf(district);
  const start = of.id === "list-agency-events" ? agencyStart : null;
  const stood = new Set(await readWhole(of, input, 100, start));
  const limit = Math.max(1, Math.floor(stood.size / pages));
  return { of, input, limit, start, seen: [], stood: [stood], place: start, pages: 0, isOver: false };
}
/** Where the district's feed stood before the last district was opened. */
let agencyStart: string | null = null;
async function open(): Promise<District> {
  const feed = lists.find(({ id }) => id === "list-agency-events");
  if (feed === undefined) throw new Error("no feed");
  for (let place = agencyStart; ; ) {
    const { ids, next } = await readPage(feed, {}, 100, place);
    agencyStart = place;
    if (ids.length === 0) break;
    place = next;
  }
  return openDistrict(service, receiver);
}

describe("every list that is read page by page", () => {
  test("is among those of this test, and none besides", () => {
    const paged = operations.flatMap(({ id, query }) => {
      const names = Object.keys("shape" in query._zod.def ? Object(query._zod.def.shape) : {});
      return names.includes("cursor") || names.includes("after") ? [id] : [];
    });
    expect([...new Set(lists.map(({ id }) => id))].toSorted()).toEqual(paged.toSorted());
  });

  const script = fc.record({
    order: fc.shuffledSubarray([...deeds], { minLength: deeds.length }),
    picks: fc.array(fc.nat(1_000), { minLength: deeds.length, maxLength: deeds.length }),
    /** In how many pages what stands at first would be told. */
    pages: fc.array(fc.integer({ min: 3, max: PAGES }), {
      minLength: lists.length,
      maxLength: lists.length,
    }),
  });
  const done = new Set<Deed>();
  const turned = new Map<string, number>();

  test("tells once of what stood before, between and after its pages, of nothing else, and ends", async () => {
    await fc.assert(
      fc.asyncProperty(script, async ({ order, picks, pages }) => {
        const district = await open();
        const listings = await Promise.all(lists.map((of, place) => begin(of, district, pages[place] ?? 1)));
        const left = order.map((deed, place): [Deed, number] => [deed, picks[place] ?? 0]);
        for (let page = 0; listings.some(({ isOver }) => !isOver); page += 1) {
          const going = listings.filter(({ isOver }) => !isOver);
          // Once nothing is done any more, what stands stays as it is.
          if (page > 0 && page <= PAGES) await Promise.all(going.map(look));
          await Promise.all(going.map(turnPage));
          await district.do(left.splice(0, Math.ceil(deeds.length / PAGES)));
        }
        for (const deed of district.done.keys()) done.add(deed);
        for (const { of, pages: told } of listings) turned.set(of.id, Math.max(told, turned.get(of.id) ?? 0));
        expect(listings.flatMap(faultsOf)).toEqual([]);
      }),
      { numRuns: 1, endOnFailure: true },
    );
    // What no run has done, or turned no page of, was not tested.
    expect(lists.map(({ id }) => id).filter((id) => (turned.get(id) ?? 0) < 3)).toEqual([]);
    // In some orders a few deeds are refused: what they would change is gone already.
    expect(deeds.filter((deed) => !done.has(deed)).length).toBeLessThanOrEqual(4);
  }, 120_000);
});

/** Where so many elements of a list have been told. */
async function placeAfter(of: List, count: number): Promise<string | null> {
  let place: string | null = null;
  for (let left = count; left > 0; ) {
    const page: Page = await readPage(of, {}, Math.min(left, 100), place);
    left -= page.ids.length;
    place = page.next;
  }
  return place;
}

test("the district's feed goes on from any event, also from one of a worker or an employer, whose number is its time", async () => {
  const feed = lists.find(({ id }) => id === "list-agency-events");
  if (feed === undefined) throw new Error("no feed");
  for (const deed of ["FREEZE", "RESTATE_EMPLOYER"] as const) {
    await quiet.do([[deed, 0]]);
    const before = await readWhole(feed, {}, 100, null);
    await quiet.do([["FREEZE", 0]]);
    const from = await placeAfter(feed, before.length);
    expect(await readWhole(feed, {}, 1, from)).toHaveLength(1);
  }
});

describe("the last page of every list", () => {
  test("has no cursor, also where it is full, and an empty list is one page", async () => {
    for (const of of lists.filter(({ isFeed }) => !isFeed)) {
      const input = of.inputOf(quiet);
      const { length } = await readWhole(of, input, 100, null);
      expect(length, of.id).toBeGreaterThan(0);
      const page = await readPage(of, input, length, null);
      expect([of.id, page.ids.length, page.next]).toEqual([of.id, length, null]);
    }
    const nobodys = [
      ["list-claims", { institution: quiet.otherEmployer }],
      ["list-visits", { institution: quiet.otherHospital, query: { from: "2026-01-01", to: "2026-01-02" } }],
    ] as const;
    for (const [id, input] of nobodys)
      expect((await service.must(id, input)).body).toEqual({ items: [], nextCursor: null });
  });

  test("of the audit trail comes, although each page of it is one more entry", async () => {
    const who = "reading-auditor";
    const query = { ...today, who, limit: "1" };
    for (let looks = 0; looks < 5; looks += 1) await service.must("list-audit-events", { query, who });
    const requests = new Set<string>();
    let cursor: string | null = null;
    // It begins with what is on record by then, and tells of no more than a second after that.
    const end = Date.now() + 10_000;
    do {
      expect(Date.now()).toBeLessThan(end);
      const place: Record<string, string> = cursor === null ? {} : { cursor };
      const answer: CallAnswer = await service.must("list-audit-events", {
        query: { ...query, ...place },
        who,
      });
      for (const { requestId } of answer.body.items) {
        expect(requests.has(requestId)).toBe(false);
        requests.add(requestId);
      }
      cursor = answer.body.nextCursor;
    } while (cursor !== null);
    expect(requests.size).toBeGreaterThanOrEqual(5);
  }, 30_000);
});

describe("a cursor", () => {
  const codeOf = (answer: CallAnswer): unknown => [answer.status, answer.body.code];
  const refused = [422, "CURSOR_INVALID"];

  test("of another list, or that was cut or changed, is refused by every list, and so is one of somebody else's, of something else or of another filter", async () => {
    const cursors = new Map<List, string>();
    for (const of of lists) {
      const { next } = await readPage(of, of.inputOf(quiet), 1, null);
      if (next === null) throw new Error(`${of.id} has one page`);
      cursors.set(of, next);
    }
    for (const [of, cursor] of cursors) {
      const input = of.inputOf(quiet);
      expect([of.id, (await ask(of, input, 7, cursor)).status]).toEqual([of.id, 200]);
      const others = [...cursors].filter(([{ id }]) => id !== of.id).map(([, each]) => each);
      const changed = [
        ...[1, 2, 3, 4, 9].map((letters) => cursor.slice(0, -letters)),
        ...[cursor.slice(1), `${cursor}A`, `${cursor}=`, `${cursor}!`, [...cursor].reverse().join("")],
        cursor.slice(0, 20) + (cursor[20] === "A" ? "B" : "A") + cursor.slice(21),
      ];
      for (const each of [...others, ...changed])
        expect([of.id, each, codeOf(await ask(of, input, 1, each))]).toEqual([of.id, each, refused]);
      const elsewhere = of.otherInputs(quiet);
      if (of.id.endsWith("-events") || of.id === "find-visits") expect(elsewhere.length).toBeGreaterThan(0);
      for (const each of elsewhere) {
        const answer = await ask(of, each, 1, cursor);
        expect([of.id, each, codeOf(answer)]).toEqual([of.id, each, refused]);
      }
    }
  }, 60_000);
});

describe("a list that is not read page by page", () => {
  /** What bounds each, where it is not what the caller's own message names. */
  const bounds: Readonly<Record<string, string>> = {
    "get-agreement": "kinds of visits",
    "check-eligibility": "cases of one worker",
    "get-visit": "one visit: 30 diagnoses and advances, and its settlements",
    "get-agency-visit": "the same",
    "preview-settlement": "kinds of reasons, advances of one visit",
    "get-settlement": "the same",
    "get-agency-settlement": "the same",
    "get-reconciliation": "1,000 faults, causes",
    "get-hospital": "kinds of visits",
    "get-employer": "insured periods of one employer",
    "find-worker": "cases of one worker",
    "get-worker": "cases of one worker",
    "get-catalogue-item": "periods of one item",
    "preview-catalogue": "items of one message",
    "summarise-claims": "statuses, or months in which claims were admitted",
    "list-hospital-webhooks": "10",
    "list-enterprise-webhooks": "10",
    "list-agency-webhooks": "10",
  };

  test("is of something that is bounded, which is stated here", () => {
    const isList = (schema: object): boolean => {
      const { type, innerType } = Object(Reflect.get(Object(Reflect.get(schema, "_zod")), "def"));
      return type === "array" || (innerType !== undefined && isList(Object(innerType)));
    };
    const unpaged = operations
      .filter(({ id, message }) => !message && !lists.some((of) => of.id === id))
      .filter(({ method, id }) => method === "GET" || /^(check|find|preview)-/.test(id))
      .filter(({ answer }) => {
        const { shape } = Object(answer.schema._zod.def);
        return shape !== undefined && Object.values(Object(shape)).some((each) => isList(Object(each)));
      })
      .map(({ id }) => id);
    expect(unpaged.toSorted()).toEqual(Object.keys(bounds).toSorted());
  });

  test.each(webhookAudiences)(
    "list-%s-webhooks is complete, and has no room for an eleventh",
    async (audience) => {
      const institution = other[audience](quiet);
      const put = (webhookId: string) =>
        service.call(`put-${audience}-webhook`, {
          institution,
          params: { webhookId },
          body: { url: receiver.url },
        });
      const names = Array.from({ length: MAX_WEBHOOKS }, (_, index) => `w-${index}`);
      for (const name of names) expect((await put(name)).status).toBe(200);
      expect((await put("one-more")).body.code).toBe("TOO_MANY_WEBHOOKS");
      const { body } = await service.must(`list-${audience}-webhooks`, { institution });
      expect(body.items.map(({ webhookId }: { webhookId: string }) => webhookId)).toEqual(names);
    },
  );
});
