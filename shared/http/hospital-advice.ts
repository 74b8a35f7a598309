import { type Advice, commonAdvice } from "./failure-advice.ts";
import { visitAdvice } from "./visit-advice.ts";

/** For who registers visits and settles them: what the hospital's function carries, and no more. */
export const hospitalAdvice: Advice = { ...commonAdvice, ...visitAdvice };
