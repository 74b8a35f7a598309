import {
  isServerError,
  isThrottlingError,
  isTransientError as isTransientSdkError,
} from "@smithy/core/retry";

type SdkError = Parameters<typeof isThrottlingError>[0];
const isSdkError = (error: unknown): error is SdkError => error instanceof Error;

/**
 * Whether a fault of AWS (the store, KMS) passes by itself: a throttle, a time-out, a lost connection. What was asked may
 * have been done all the same, so it may only be repeated where repeating does no harm.
 */
export const isTransientError = (error: unknown): boolean =>
  isSdkError(error) && (isThrottlingError(error) || isTransientSdkError(error) || isServerError(error));
