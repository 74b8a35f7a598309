/**
 * Takes the place of `@smithy/core/event-streams` in the bundles. The SDK loads it for answers that are streams of events; none
 * of the commands that the functions send has such an answer. Always throws.
 */
export const eventStreamSerdeProvider = (): never => {
  throw new Error("this bundle takes no answers that are streams of events");
};
