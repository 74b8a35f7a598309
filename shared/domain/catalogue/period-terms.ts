import type { CataloguePeriod } from "./catalogue.ts";

/** The kinds of visit that a period can serve, each of which has its own sequence of periods. */
export const servedKinds = ["medical", "rehabilitation"] as const;
export type ServedKind = (typeof servedKinds)[number];

export const servesNone = ({ medical, rehabilitation }: CataloguePeriod): boolean =>
  !(medical || rehabilitation);

/** Whether a period speaks of a kind of visit. One that serves none says that the item is not payable: it speaks of all. */
export const speaksOf = (period: CataloguePeriod, kind: ServedKind): boolean =>
  period[kind] || servesNone(period);

/** Whether two periods speak of the same visits, so that only one of them can hold on a day. */
export const speakOfSameVisits = (a: CataloguePeriod, b: CataloguePeriod): boolean =>
  servedKinds.some((kind) => speaksOf(a, kind) && speaksOf(b, kind));

export const serveSameVisits = (a: CataloguePeriod, b: CataloguePeriod): boolean =>
  a.medical === b.medical && a.rehabilitation === b.rehabilitation;

/** Whether two lists of plain values are the same. */
export const areEqual = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, place) => each === b[place]);

const capsOf = ({ caps }: CataloguePeriod): readonly unknown[] =>
  caps === null ? [] : [caps["1"], caps["2"], caps["3"]];

/** All that a line is priced by, but for the days and the kinds of visit. */
const termsOf = (period: CataloguePeriod): readonly unknown[] => [
  period.restricted,
  period.maxPerDay,
  period.maxPerVisit,
  period.fundRatio,
  period.ratioRemainderBearer,
  period.overCapBearer,
  ...capsOf(period),
];

/** Whether a line comes to the same by two periods; where none holds, only by none. */
export const haveSameTerms = (a: CataloguePeriod | undefined, b: CataloguePeriod | undefined): boolean =>
  a === undefined || b === undefined ? a === b : areEqual(termsOf(a), termsOf(b));
