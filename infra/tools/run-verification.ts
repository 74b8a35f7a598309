import { outliveReaders } from "../closed-output.ts";
import { explainEngineFault } from "../local/explain-engine-fault.ts";

/**
 * Runs a command that verifies something, and ends with 0 where all is as it should be, 1 where faults were found, and 2, with a
 * word on why, where nothing could be verified.
 */
export function runVerification(verify: () => Promise<boolean>): void {
  // Before the embedded engine takes its place there.
  const endpoint = process.env.DYNAMODB_ENDPOINT;
  outliveReaders();
  verify().then(
    (isWhole) => process.exit(isWhole ? 0 : 1),
    (error: unknown) => {
      process.stdout.write(`无法核验 · cannot verify: ${explainEngineFault(error, endpoint)}\n`);
      process.exit(2);
    },
  );
}
