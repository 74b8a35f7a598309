import { readFileSync } from "node:fs";
import { type CatalogueCsv, type CatalogueEntry, readCatalogueCsv } from "./catalogue-csv.ts";
import { confirm } from "./confirm.ts";
import { findFileWarnings, type ImportWarning } from "./file-warnings.ts";
import { ImportError } from "./import-error.ts";
import { importOperation, previewOperation } from "./import-operation.ts";
import type { ImportOptions } from "./import-options.ts";
import { previewLines, rejectedLines, sentLines, warningLines } from "./import-report.ts";
import type { Persistence } from "./persist.ts";
import { makePostCall } from "./post-call.ts";
import { type Previewed, previewItems } from "./preview-items.ts";
import { makeProgress } from "./progress.ts";
import { writeRejectedFile } from "./rejected-file.ts";
import type { RejectedRow } from "./row-faults.ts";
import { NOTHING_SENT, type Sent, sendItems } from "./send-items.ts";
import { makeTokenSource, type TokenSource } from "./sign-in.ts";

type Say = (line: string) => void;

/** With pauses that double up to ten seconds: a service that restarts, or a network that comes back. */
const ATTEMPTS = 10;
/** Whoever only checks a file does not wait for a service that is away. */
const ATTEMPTS_OF_A_CHECK = 2;

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
  const { entries, rejected, rowCount, shortRowCount, encoding } = catalogue;
  say(`  ${file} (${encoding})`);
  say(
    `  ${rowCount} 行 · rows, ${entries.length} 项可导入 · items to import, ${rejected.length} 行被拒绝 · rows rejected`,
  );
  if (shortRowCount > 0)
    say(
      `  ${shortRowCount} 行比表头短，缺的格按空读 · rows end before the header does; what is missing is read as empty`,
    );
  return catalogue;
}

interface Connection {
  readonly options: ImportOptions;
  readonly tokens: TokenSource;
  readonly persistence: Persistence;
}

function connect(options: ImportOptions, say: Say): Connection {
  const persistence = {
    attempts: options.isCheckOnly ? ATTEMPTS_OF_A_CHECK : ATTEMPTS,
    onRetry: (why: string) => say(`  重试 · trying again: ${why}`),
  };
  return { options, persistence, tokens: makeTokenSource(options, persistence) };
}

/** What the service says of the items; undefined where it cannot be asked, which matters only to an import. */
async function preview(
  entries: readonly CatalogueEntry[],
  { options, tokens, persistence }: Connection,
  say: Say,
): Promise<Previewed | undefined> {
  if (entries.length === 0) return undefined;
  try {
    const postCall = makePostCall(previewOperation, options.serviceUrl, tokens, persistence);
    const previewed = await previewItems(entries, postCall);
    for (const line of previewLines(previewed)) say(line);
    return previewed;
  } catch (error) {
    if (!(error instanceof ImportError) || !options.isCheckOnly) throw error;
    say(
      `  未能询问服务，仅检查了文件 · the service could not be asked, only the file was checked: ${error.message}`,
    );
    return undefined;
  }
}

/** Each thing once, whoever found it. */
function merge(warnings: readonly ImportWarning[]): ImportWarning[] {
  const byKey = new Map(warnings.map((each) => [`${each.code} ${each.row} ${each.itemCode}`, each]));
  return [...byKey.values()];
}

/** Says what looks like a slip; whether to go on all the same. */
async function acceptWarnings(
  warnings: readonly ImportWarning[],
  { isCheckOnly, acceptsWarnings }: ImportOptions,
  say: Say,
): Promise<boolean> {
  if (warnings.length === 0) return true;
  say(`  请先核对 · look at this first: ${warnings.length} 条提醒 · warnings`);
  for (const line of warningLines(warnings)) say(line);
  if (acceptsWarnings) return true;
  if (isCheckOnly || (await confirm())) return !isCheckOnly;
  say("  未导入任何项目；核对无误后加 --accept-warnings 再次运行");
  say("  nothing was imported; run it again with --accept-warnings if all of this is meant");
  return false;
}

interface Outcome {
  readonly sent: Sent;
  /** Why not all was sent. */
  readonly failure: ImportError | undefined;
}

async function send(
  entries: readonly CatalogueEntry[],
  { options, tokens, persistence }: Connection,
  say: Say,
): Promise<Outcome> {
  let sent = NOTHING_SENT;
  if (entries.length === 0) return { sent, failure: undefined };
  const progress = makeProgress(entries.length, say);
  const noting = {
    ...persistence,
    onRetry: (why: string) => progress.note(`重试 · trying again: ${why}`),
  };
  const postCall = makePostCall(importOperation, options.serviceUrl, tokens, noting);
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

async function report(
  header: readonly string[],
  rejected: readonly RejectedRow[],
  rejectedFile: string,
  say: Say,
): Promise<void> {
  let isWritten = true;
  try {
    await writeRejectedFile(rejectedFile, header, rejected);
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

const byRow = (rows: readonly RejectedRow[]): RejectedRow[] => rows.toSorted((a, b) => a.row - b.row);

/**
 * Imports a catalogue and says what became of it; returns the exit code: 0 for all, 1 where rows were rejected, 2 where
 * it could not be finished or a check could not ask the service, 3 where nobody accepted its warnings. Throws ImportError for a file that is none.
 */
export async function runImport(options: ImportOptions, say: Say): Promise<0 | 1 | 2 | 3> {
  const startedAt = performance.now();
  const { entries, rejected, header } = readCatalogue(options.file, say);
  const connection = connect(options, say);
  let known: readonly RejectedRow[] = rejected;
  const finish = async (code: 0 | 2 | 3, refused: readonly RejectedRow[] = []): Promise<0 | 1 | 2 | 3> => {
    const all = byRow([...known, ...refused]);
    await report(header, all, options.rejectedFile, say);
    return code === 0 && all.length > 0 ? 1 : code;
  };
  const unfinished = (failure: ImportError): void => {
    say(`  未能完成 · not finished: ${failure.message}`);
    say("  可再次运行，从中断处继续 · run it again to go on from where it stopped");
  };
  let previewed: Previewed | undefined;
  try {
    previewed = await preview(entries, connection, say);
  } catch (failure) {
    if (!(failure instanceof ImportError)) throw failure;
    for (const line of sentLines(NOTHING_SENT, (performance.now() - startedAt) / 1_000)) say(line);
    const code = await finish(2);
    unfinished(failure);
    return code;
  }
  known = [...rejected, ...(previewed?.rejected ?? [])];
  const meant = entries.filter((entry) => previewed?.refused.has(entry) !== true);
  const warnings = merge([...findFileWarnings(meant), ...(previewed?.warnings ?? [])]);
  const isUnasked = entries.length > 0 && (previewed === undefined || previewed.unknownBecause !== undefined);
  if (!(await acceptWarnings(warnings, options, say)))
    return finish(options.isCheckOnly && isUnasked ? 2 : 3);
  if (options.isCheckOnly) return finish(isUnasked ? 2 : 0);
  const { sent, failure } = await send(meant, connection, say);
  for (const line of sentLines(sent, (performance.now() - startedAt) / 1_000)) say(line);
  const code = await finish(failure === undefined ? 0 : 2, sent.rejected);
  if (failure !== undefined) unfinished(failure);
  return code;
}
