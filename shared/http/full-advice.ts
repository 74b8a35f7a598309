import { type Advice, commonAdvice } from "./failure-advice.ts";
import { registryAdvice } from "./registry-advice.ts";
import { visitAdvice } from "./visit-advice.ts";

/**
 * All of it, for the agency, which looks into everything, and for the contract's pages. It has a file of its own: the
 * bundler keeps whatever is put together beside what a function imports.
 */
export const fullAdvice: Advice = { ...commonAdvice, ...visitAdvice, ...registryAdvice };
