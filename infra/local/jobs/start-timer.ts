import { setTimeout as wait } from "node:timers/promises";

/** What a schedule does on AWS, on one machine: starts a job again and again, never twice at a time. */
export interface Timer {
  /** Waits for the run that is under way. */
  readonly stop: () => Promise<void>;
}

/** Runs a job, waits for `pauseMs`, runs it again. A run that fails is left to the next one. */
export function startTimer(pauseMs: number, run: () => Promise<void>): Timer {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await run();
        await wait(pauseMs, undefined, { signal });
      } catch {
        // The engine is away for a moment, or it is time to stop.
        if (!signal.aborted) await wait(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
