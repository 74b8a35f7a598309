const severities = { DEBUG: 10, INFO: 20, WARN: 30, ERROR: 40 } as const;
export type Severity = keyof typeof severities;

/** Registered log codes: a search for one finds every place that writes it. Fields carry ids, never persons. */
export const logCodes = {
  REQUEST_ANSWERED: "INFO",
  REQUEST_REFUSED: "INFO",
  REQUEST_FAILED: "ERROR",
  AUDIT_NOT_WRITTEN: "ERROR",
  COMMIT_RETRIED: "WARN",
  STORE_FAULT_PASSED_OVER: "WARN",
  JOB_FAILED: "ERROR",
  OVERDUE_RAISED: "INFO",
  PERSON_REVEALED: "INFO",
  LOOKUPS_EXCEEDED: "WARN",
  KEYS_ROTATED: "INFO",
  COMPARISON_DONE: "INFO",
  COMPARISON_PASSED_OVER: "INFO",
  COMPARISON_FAILED: "ERROR",
  WEBHOOK_GIVEN_UP: "WARN",
} as const satisfies Record<string, Severity>;

/** What of an error may be logged: its words may name a person. */
export const nameOfError = (error: unknown): string => (error instanceof Error ? error.name : "unknown");

/** As V8 writes a line of a stack. */
const STACK_LINE = /^ {4}at .+:\d+:\d+\)?$/;

/** Where an error arose. What it says stands before that, may have lines of its own, and is left out. */
export function placeOfError({ message, stack = "" }: Error): string | undefined {
  const said = stack.indexOf(message);
  const trace = said === -1 ? stack : stack.slice(said + message.length);
  return trace
    .split("\n")
    .find((line) => STACK_LINE.test(line))
    ?.trim();
}

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  readonly log: (code: keyof typeof logCodes, fields: LogFields) => void;
}

/** Writes one JSON line for each entry at or above a severity. */
export function makeLogger(lowest: Severity, write: (line: string) => void): Logger {
  return {
    log: (code, fields) => {
      const severity = logCodes[code];
      if (severities[severity] < severities[lowest]) return;
      write(JSON.stringify({ severity, code, ...fields }));
    },
  };
}
