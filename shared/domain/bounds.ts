import * as z from "zod/mini";

/** At most so many characters of a text; nothing else is asked of one that is longer. */
export const atMost = (maximum: number) => z.maxLength(maximum, { abort: true });

interface Count {
  readonly min?: number;
  readonly max: number;
}

/**
 * A list of so many items, with checks of the whole list. Of one that is longer no item is looked at: a million wrong
 * ones cost no more than one. (Zod asks for the length only after every item was parsed.)
 */
export function listOf<Item extends z.core.$ZodType>(
  item: Item,
  { min = 0, max }: Count,
  ...checks: readonly z.core.$ZodCheck<z.output<Item>[]>[]
) {
  const list = z.array(item).check(z.minLength(min), z.maxLength(max, { abort: true }), ...checks);
  const parseItems = list._zod.parse.bind(list._zod);
  list._zod.parse = (payload, context) =>
    Array.isArray(payload.value) && payload.value.length > max ? payload : parseItems(payload, context);
  return list;
}
