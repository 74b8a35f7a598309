import { ImportError } from "./import-error.ts";
import { readOptions, usage } from "./import-options.ts";
import { runImport } from "./run-import.ts";

type Say = (line: string) => void;

/**
 * Runs the command with its arguments and environment, and returns its exit code: that of the import, 0 where only its
 * usage was asked for, 2 where the import cannot begin. Lines go to `say`; why it cannot begin goes to `complain`.
 */
export async function runImportCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  say: Say,
  complain: Say,
): Promise<number> {
  try {
    const options = readOptions(args, env);
    if (options !== undefined) return await runImport(options, say);
    say(usage);
    return 0;
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    complain(error.message);
    return 2;
  }
}
