import * as z from "zod/mini";

/** A list that names nothing twice. */
export const areDistinct = z.refine<readonly string[]>((values) => new Set(values).size === values.length, {
  error: "DUPLICATE",
});
