/** A sentence in both languages of the contract. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

/** What a refusal says; `retryable`: whether the same request can succeed later without being changed. */
export interface FailureText extends Sentence {
  readonly retryable: boolean;
}

export const final = (zh: string, en: string): FailureText => ({ en, zh, retryable: false });
export const transient = (zh: string, en: string): FailureText => ({ en, zh, retryable: true });
