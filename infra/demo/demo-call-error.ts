/** One fault of a refused request, as problem+json states it. */
export interface ReportedFault {
  readonly pointer?: string | undefined;
  readonly code: string;
  readonly detail?: string | undefined;
}

/** A call that was refused: which operation, with what status and code, and every fault that the answer names. */
export class DemoCallError extends Error {
  readonly operation: string;
  readonly status: number;
  readonly code: string;
  readonly errors: readonly ReportedFault[];

  constructor(operation: string, status: number, code: string, errors: readonly ReportedFault[] = []) {
    const faults = errors.map(({ pointer, code: fault, detail }) =>
      ["\n ", pointer, fault, detail].filter((part) => part !== undefined && part !== "").join(" "),
    );
    super(`${operation}: ${status} ${code}${faults.join("")}`);
    this.name = "DemoCallError";
    this.operation = operation;
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}
