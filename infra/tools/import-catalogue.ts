import { outliveReaders } from "../closed-output.ts";
import { runImportCommand } from "./catalogue/import-command.ts";

/** `npm run import-catalogue -- FILE` */
outliveReaders();
process.exitCode = await runImportCommand(
  process.argv.slice(2),
  process.env,
  (line) => process.stdout.write(`${line}\n`),
  (line) => process.stderr.write(`${line}\n`),
);
