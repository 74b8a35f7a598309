/** Caps of the three tiers of hospitals, as the contract has them; null where there are none. */
export type CapsOfTiers = Readonly<Record<"1" | "2" | "3", string>> | null;

/** `12.6/14.7/15.75`, or one number where all tiers have the same. */
function capsText(caps: CapsOfTiers): string {
  if (caps === null) return "无 · none";
  const values = [caps["1"], caps["2"], caps["3"]];
  return [...new Set(values)].length === 1 ? caps["1"] : values.join("/");
}

/** A price that changes; `before` is absent where there was none. */
export interface PriceChange {
  readonly from: string;
  readonly caps: CapsOfTiers;
  readonly before?: { readonly caps: CapsOfTiers } | undefined;
}

/** `原上限 · cap before 12, 新上限 · now 120` for the caps that a change brings; nothing where they stay. */
export function capChange({ caps, before }: PriceChange): string | undefined {
  const now = capsText(caps);
  if (before === undefined) return `新上限 · cap now ${now}`;
  const was = capsText(before.caps);
  return was === now ? undefined : `原上限 · cap before ${was}，新上限 · cap now ${now}`;
}
