import { readFileSync } from "node:fs";
import { type CatalogueCsv, readCatalogueCsv } from "./catalogue-csv.ts";
import { ImportError } from "./import-error.ts";
import type { ImportOptions } from "./import-options.ts";
import { rejectedLines, sentLines } from "./import-report.ts";
import { makePostCall } from "./post-call.ts";
import { makeProgress } from "./progress.ts";
import { writeRejectedFile } from "./rejected-file.ts";
import type { RejectedRow } from "./row-faults.ts";
import { NOTHING_SENT, type Sent, sendItems } from "./send-items.ts";
import { makeTokenSource } from "./sign-in.ts";

type Say = (line: string) => void;

/** With pauses that double up to ten seconds: a service that restarts, or a network that comes back. */
const ATTEMPTS = 10;

const reasons: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  ENOENT: ["没有这个文件", "There is no such file"],
  EISDIR: ["这是文件夹，不是文件", "This is a folder, not a file"],
  EACCES: ["无权读取这个文件", "The file may not be read"],
};

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = "code" in error ? String(error.code) : "";
    const [zh, en] = reasons[code] ?? ["无法读取文件", error.message];
    throw new ImportError(`${zh}:${file}`, `${en}: ${file}`);
  }
}

function readCatalogue(file: string, say: Say): CatalogueCsv {
  const catalogue = readCatalogueCsv(readBytes(file));
  const { entries, rejected, rowCount, encoding } = catalogue;
  say(`  ${file} (${encoding})`);
  say(
    `  ${rowCount} 行 · rows, ${entries.length} 项可导入 · items to import, ${rejected.length} 行被拒绝 · rows rejected`,
  );
  return catalogue;
}

interface Outcome {
  readonly sent: Sent;
  /** Why not all was sent. */
  readonly failure: ImportError | undefined;
}

async function send({ entries }: CatalogueCsv, options: ImportOptions, say: Say): Promise<Outcome> {
  let sent = NOTHING_SENT;
  if (entries.length === 0 || options.isCheckOnly) return { sent, failure: undefined };
  const progress = makeProgress(entries.length, say);
  const persistence = {
    attempts: ATTEMPTS,
    onRetry: (why: string) => progress.note(`重试 · trying again: ${why}`),
  };
  const postCall = makePostCall(options.serviceUrl, makeTokenSource(options, persistence), persistence);
  const onProgress = (soFar: Sent): void => {
    sent = soFar;
    progress.show(soFar.imported);
  };
  try {
    sent = await sendItems(entries, { postCall, label: options.label, onProgress });
    return { sent, failure: undefined };
  } catch (failure) {
    if (failure instanceof ImportError) return { sent, failure };
    throw failure;
  } finally {
    progress.stop();
  }
}

async function report(rejected: readonly RejectedRow[], rejectedFile: string, say: Say): Promise<void> {
  let isWritten = true;
  try {
    await writeRejectedFile(rejectedFile, rejected);
  } catch (error) {
    isWritten = false;
    say(
      `  无法写入 · cannot write ${rejectedFile}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (rejected.length === 0) return;
  say(`  被拒绝 · rejected ${rejected.length} 行 · rows${isWritten ? `: ${rejectedFile}` : ""}`);
  for (const line of rejectedLines(rejected, isWritten)) say(line);
}

/** Imports a catalogue and says what became of it; returns the exit code. Throws ImportError for a file that is none. */
export async function runImport(options: ImportOptions, say: Say): Promise<0 | 1 | 2> {
  const startedAt = performance.now();
  const catalogue = readCatalogue(options.file, say);
  const { sent, failure } = await send(catalogue, options, say);
  const rejected = [...catalogue.rejected, ...sent.rejected].sort((a, b) => a.row - b.row);
  if (!options.isCheckOnly) {
    for (const line of sentLines(sent, (performance.now() - startedAt) / 1_000)) say(line);
  }
  await report(rejected, options.rejectedFile, say);
  if (failure !== undefined) {
    say(`  未能完成 · not finished: ${failure.message}`);
    say("  可再次运行，从中断处继续 · run it again to go on from where it stopped");
    return 2;
  }
  return rejected.length > 0 ? 1 : 0;
}
