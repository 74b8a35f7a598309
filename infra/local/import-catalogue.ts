import { outliveReaders } from "../closed-output.ts";
import { ImportError } from "./catalogue/import-error.ts";
import { readOptions, usage } from "./catalogue/import-options.ts";
import { runImport } from "./catalogue/run-import.ts";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** `npm run import-catalogue -- FILE` */
async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2), process.env);
    if (options !== undefined) return await runImport(options, say);
    say(usage);
    return 0;
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

outliveReaders();
process.exitCode = await main();
