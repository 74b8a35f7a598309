import type { Day, Instant } from "../dates.ts";
import { andThen, err, ok, type Result } from "../result.ts";
import type { CatalogueItem } from "./catalogue.ts";
import { areSameItems } from "./catalogue-changes.ts";
import { mergeItem, type PeriodFault } from "./merge-periods.ts";

/** That the periods which begin on a day were taken away. */
export interface PeriodRemoval {
  readonly at: Instant;
  readonly removedFrom: Day;
}

/** What one message said of an item: periods that it states, or the first day of those that it takes away. */
export type ItemStatement = { readonly at: Instant; readonly stated: CatalogueItem } | PeriodRemoval;

/** What an item came from: its statements in the order of their instants, after what is no longer told apart. */
export interface ItemHistory {
  readonly before?: { readonly item: CatalogueItem; readonly until: Instant } | undefined;
  readonly statements: readonly ItemStatement[];
}

/** An item as it stands. One that was stated before histories were kept has none: whatever is on record is in it. */
export interface RememberedItem {
  readonly item: CatalogueItem;
  readonly history: ItemHistory | undefined;
}

/** So many statements, and periods in them, are told apart: packed, they take less room than the item itself may. */
const MAX_STATEMENTS = 32;
const MAX_REMEMBERED_PERIODS = 100;

type Folded = Result<CatalogueItem | undefined, readonly PeriodFault[]>;

/** An item after one more statement; there is none yet where nothing was stated of it. */
function follow(item: CatalogueItem | undefined, statement: ItemStatement): Folded {
  if ("stated" in statement) return mergeItem(item, statement.stated);
  const { removedFrom } = statement;
  return ok(item && { ...item, periods: item.periods.filter(({ from }) => from !== removedFrom) });
}

const fold = (item: CatalogueItem | undefined, statements: readonly ItemStatement[]): Folded =>
  statements.reduce<Folded>(
    (folded, statement) => andThen(folded, (each) => follow(each, statement)),
    ok(item),
  );

const countPeriods = (statements: readonly ItemStatement[]): number =>
  statements.reduce(
    (count, statement) => count + ("stated" in statement ? statement.stated.periods.length : 1),
    0,
  );

/** A history that is bounded: of one that is too long, the oldest statements are no longer told apart, but none after `upTo`. */
function shorten({ before, statements }: ItemHistory, upTo: Instant): ItemHistory {
  const [oldest, ...later] = statements;
  const isShort = statements.length <= MAX_STATEMENTS && countPeriods(statements) <= MAX_REMEMBERED_PERIODS;
  if (isShort || oldest === undefined || later.length === 0 || oldest.at > upTo)
    return { before, statements };
  const folded = follow(before?.item, oldest);
  const item = folded.ok && folded.value;
  // A removal from nothing leaves nothing to tell.
  const told = item ? { item, until: oldest.at } : before;
  return shorten({ before: told, statements: later }, upTo);
}

const isSameStatement = (a: ItemStatement, b: ItemStatement): boolean =>
  a.at === b.at && "removedFrom" in a && "removedFrom" in b && a.removedFrom === b.removedFrom;

/** Whether what stands came from a statement, as far as histories tell: it is among them, or older than what they tell. */
function remembers({ before, statements }: ItemHistory, statement: ItemStatement): boolean {
  const isOlder = before !== undefined && statement.at <= before.until;
  return isOlder || statements.some((each) => isSameStatement(each, statement));
}

/** An item with a statement of now, which is later than all that is known of it. The same one where it changes nothing. */
export function stateItem(
  known: RememberedItem | undefined,
  statement: ItemStatement,
): Result<RememberedItem | undefined, readonly PeriodFault[]> {
  const next = follow(known?.item, statement);
  if (!next.ok) return next;
  const item = next.value;
  if (item === undefined || (known !== undefined && areSameItems(item, known.item))) return ok(known);
  if (known !== undefined && known.history === undefined) return ok({ item, history: undefined });
  const { before, statements = [] } = known?.history ?? {};
  return ok({
    item,
    history: shorten({ before, statements: [...statements, statement] }, statement.at),
  });
}

type Placed = Result<RememberedItem | undefined, readonly PeriodFault[]>;

/** An item with a statement in its place among the others; the same one where that changes nothing. */
function place(known: RememberedItem | undefined, statement: ItemStatement, upTo: Instant): Placed {
  if (known === undefined) return stateItem(known, statement);
  const { history } = known;
  if (history === undefined || remembers(history, statement)) return ok(known);
  const { before, statements } = history;
  const position = statements.findLastIndex(({ at }) => at <= statement.at) + 1;
  const placed = statements.toSpliced(position, 0, statement);
  const folded = fold(before?.item, placed);
  if (!folded.ok) return err(folded.failure.map(({ code }) => ({ position: undefined, code })));
  const item = folded.value;
  // A removal that finds nothing to take away may have come before what it takes away.
  const isKnown = item === undefined || ("stated" in statement && areSameItems(item, known.item));
  return ok(isKnown ? known : { item, history: shorten({ before, statements: placed }, upTo) });
}

const isNewer = ({ history }: RememberedItem, than: Instant): boolean =>
  history?.statements.some(({ at }) => at > than) === true;

/**
 * An item with a statement that took effect once, in the place that its instant gives it among the others, so that what
 * is newer than it stays as it is. Where there is anything newer, the later removals of its periods come with it. The same
 * item where that changes nothing: while nothing is lost it never does, because an item is what all of its statements came
 * to in this order. Faults: where those that are newer no longer fit.
 */
export function stateAgain(
  known: RememberedItem | undefined,
  statement: ItemStatement,
  removals: readonly PeriodRemoval[],
): Placed {
  const alone = place(known, statement, statement.at);
  const isThere = alone.ok && alone.value === known;
  if (known === undefined || isThere || !isNewer(known, statement.at)) return alone;
  const names = (day: Day): boolean =>
    "stated" in statement && statement.stated.periods.some(({ from }) => from === day);
  const taken = removals.filter(({ at, removedFrom }) => at > statement.at && names(removedFrom));
  return [...taken, statement].reduce<Placed>(
    (placed, each) => andThen(placed, (item) => place(item, each, statement.at)),
    ok(known),
  );
}
