/** An expected refusal is a value; a broken promise is an exception. */
export type Result<T, F> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function err<F>(failure: F): { readonly ok: false; readonly failure: F } {
  return { ok: false, failure };
}

/** What follows on a success; a refusal stays as it is. */
export const andThen = <T, U, F>(result: Result<T, F>, next: (value: T) => Result<U, F>): Result<U, F> =>
  result.ok ? next(result.value) : result;
