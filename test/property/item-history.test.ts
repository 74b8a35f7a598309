import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CatalogueItem, CataloguePeriod } from "../../shared/domain/catalogue/catalogue.ts";
import {
  type ItemStatement,
  type PeriodRemoval,
  type RememberedItem,
  stateAgain,
  stateItem,
} from "../../shared/domain/catalogue/item-history.ts";
import { addDays, type Day, type Instant, instantOf } from "../../shared/domain/dates.ts";
import { price } from "../../shared/domain/money.ts";
import { makeItem, toDay } from "../support/builders.ts";

const FIRST = toDay("2026-01-01");
const DAYS = 8;
const dayAt = (place: number): Day => addDays(FIRST, place);

const arbitraryPeriod = fc
  .record({
    from: fc.integer({ min: 0, max: DAYS }),
    length: fc.option(fc.integer({ min: 0, max: 6 }), { freq: 2 }),
    serves: fc.constantFrom([true, true], [true, true], [true, false], [false, true], [false, false]),
    cap: fc.integer({ min: 1, max: 3 }),
  })
  .map(
    ({ from, length, serves: [medical = true, rehabilitation = true], cap }): CataloguePeriod => ({
      from: dayAt(from),
      to: length === null ? null : dayAt(from + length),
      medical,
      rehabilitation,
      restricted: false,
      caps: { "1": price(cap), "2": price(cap), "3": price(cap) },
    }),
  );

const arbitraryMessage = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        name: fc.constantFrom("清创缝合", "清创缝合术"),
        periods: fc.array(arbitraryPeriod, { minLength: 1, maxLength: 2 }),
      })
      .map(({ name, periods }) => ({ stated: { ...makeItem({ name }), periods } })),
  },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: DAYS }).map((place) => ({ removedFrom: dayAt(place) })) },
);
type Sent = { readonly stated: CatalogueItem } | { readonly removedFrom: Day };

interface Played {
  /** What took effect, or changed nothing, as it is on record: at the instant that its record has. */
  readonly onRecord: readonly ItemStatement[];
  readonly item: RememberedItem | undefined;
}

/** Messages as the service takes them: each that changes something is later than all before it. */
function play(messages: readonly Sent[], first = 1, from?: RememberedItem): Played {
  let item = from;
  let latest: Instant = instantOf(first * 1_000);
  const onRecord: ItemStatement[] = [];
  for (const [place, message] of messages.entries()) {
    const at = instantOf((first + place + 1) * 1_000);
    const next = stateItem(item, { ...message, at });
    if (!next.ok) continue;
    const isChange = next.value !== item;
    // A removal that takes nothing away is refused.
    if (!isChange && "removedFrom" in message) continue;
    if (isChange) latest = at;
    onRecord.push({ ...message, at: latest });
    item = next.value;
  }
  return { onRecord, item };
}

const removalsIn = (statements: readonly ItemStatement[]): PeriodRemoval[] =>
  statements.filter((statement) => "removedFrom" in statement);

function sendAgain(statements: readonly ItemStatement[], from?: RememberedItem): RememberedItem | undefined {
  let item = from;
  const removals = removalsIn(statements);
  for (const statement of statements) {
    const next = stateAgain(item, statement, removals);
    expect(next.ok).toBe(true);
    if (next.ok) item = next.value;
  }
  return item;
}

/** Short ones, and those that are longer than what an item tells apart. */
const arbitraryMessages = fc.oneof(
  fc.array(arbitraryMessage, { minLength: 1, maxLength: 8 }),
  fc.array(arbitraryMessage, { minLength: 40, maxLength: 120 }),
);

describe("a message of an item that is sent again", () => {
  it("changes nothing while nothing is lost, however old it is and whatever was stated or taken away since", () => {
    fc.assert(
      fc.property(arbitraryMessages, (messages) => {
        const { onRecord, item } = play(messages);
        for (const statement of onRecord) {
          const again = stateAgain(item, statement, removalsIn(onRecord));
          expect(again.ok && again.value === item).toBe(true);
        }
      }),
    );
  });

  it("brings back, with all others in their first order, exactly the item that was lost", () => {
    fc.assert(
      fc.property(arbitraryMessages, (messages) => {
        const { onRecord, item } = play(messages);
        const restored = sendAgain(onRecord);
        expect(restored).toEqual(item);
        expect(sendAgain(onRecord, restored)).toBe(restored);
      }),
    );
  });

  it("and exactly the item of now, where an older copy of it was restored", () => {
    fc.assert(
      fc.property(arbitraryMessages, fc.nat(), (messages, cut) => {
        const older = play(messages.slice(0, cut % messages.length)).item;
        const { onRecord, item } = play(messages);
        expect(sendAgain(onRecord, older)).toEqual(item);
      }),
    );
  });

  it("takes its place before what was stated since the loss, which stays as it is", () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryMessage, { minLength: 1, maxLength: 8 }),
        arbitraryMessage,
        (messages, later) => {
          const { onRecord, item } = play(messages);
          const since = play([later], 1_000);
          const whole = play([later], 1_000, item).item;
          fc.pre(since.item !== undefined && whole !== item);
          let restored: RememberedItem | undefined = since.item;
          for (const statement of onRecord) {
            const next = stateAgain(restored, statement, removalsIn(onRecord));
            // One that the newer does not fit is refused, and the newer stays.
            fc.pre(next.ok);
            if (next.ok) restored = next.value;
          }
          // An older period may last longer than it did: what ended it may be hidden by what is newer. One of either kind
          // of visit may then be as long as the other's, and be kept as one with it.
          const pricesOf = ({ item: { periods } }: RememberedItem) =>
            (["medical", "rehabilitation", undefined] as const).map((kind) =>
              periods
                .filter((each) => (kind === undefined ? !each.medical && !each.rehabilitation : each[kind]))
                .map(({ from, caps }) => [from, caps]),
            );
          expect(restored && pricesOf(restored)).toEqual(whole && pricesOf(whole));
          const isKept = (stated: CataloguePeriod) =>
            restored?.item.periods.some(
              ({ from, caps }) => from === stated.from && caps?.["1"] === stated.caps?.["1"],
            );
          expect(since.item?.item.periods.every(isKept)).toBe(true);
        },
      ),
    );
  });

  it("changes nothing either once what stood was stated under a new key, and brings back no period that was taken away", () => {
    // A price of some visits alone can be replaced by one of others, of which nothing is kept.
    const ofAllVisits = arbitraryMessages.map((messages) =>
      messages.map((message) =>
        "stated" in message
          ? {
              stated: {
                ...message.stated,
                periods: message.stated.periods.map((each) => ({
                  ...each,
                  medical: true,
                  rehabilitation: true,
                })),
              },
            }
          : message,
      ),
    );
    fc.assert(
      fc.property(ofAllVisits, (messages) => {
        const { onRecord, item } = play(messages);
        fc.pre(item !== undefined && item.item.periods.length > 0);
        const today = item && play([{ stated: item.item }], 1_000).item;
        expect(today?.item).toEqual(item?.item);
        let kept = today;
        for (const statement of onRecord.filter((each) => "stated" in each)) {
          const again = stateAgain(kept, statement, removalsIn(onRecord));
          expect(again.ok && again.value?.item).toEqual(item?.item);
          if (again.ok) kept = again.value;
        }
      }),
    );
  });
});
