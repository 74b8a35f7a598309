/** What a refusal says; `retryable`: whether the same request can succeed later without being changed. */
export interface FailureText {
  readonly en: string;
  readonly zh: string;
  readonly retryable: boolean;
}

export const final = (zh: string, en: string): FailureText => ({ en, zh, retryable: false });
export const transient = (zh: string, en: string): FailureText => ({ en, zh, retryable: true });
