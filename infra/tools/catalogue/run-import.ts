import { readFileSync } from "node:fs";
import { type CatalogueCsv, type CatalogueEntry, readCatalogueCsv } from "./catalogue-csv.ts";
import { confirm } from "./confirm.ts";
import { findFileWarnings, type ImportWarning } from "./file-warnings.ts";
import { ImportError } from "./import-error.ts";
import { importOperation, previewOperation } from "./import-operation.ts";
import type { ImportOptions } from "./import-options.ts";
import { changesNothing, nothingChangedLines, sentLines, totalLines, warningLines } from "./import-report.ts";
import type { Persistence } from "./persist.ts";
import { makePostCall } from "./post-call.ts";
import { type Previewed, previewItems } from "./preview-items.ts";
import { makeProgress } from "./progress.ts";
import { writeRejectedFile } from "./rejected-file.ts";
import { rejectedLines } from "./rejected-report.ts";
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
    throw new ImportError(`${zh}：${file}`, `${en}: ${file}`);
  }
}

function readCatalogue(file: string, say: Say): CatalogueCsv {
  const catalogue = readCatalogueCsv(readBytes(file));
  const { shortRowCount, encoding } = catalogue;
  say(`  ${file} (${encoding})`);
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
    return await previewItems(entries, postCall);
  } catch (error) {
    if (!(error instanceof ImportError) || !options.isCheckOnly) throw error;
    say(
      `  未能询问服务，仅检查了文件 · the service could not be asked, only the file was checked: ${error.message}`,
    );
    for (const line of error.advice) say(`  ${line}`);
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
  { rejectedFile, areOthersDone }: { readonly rejectedFile: string; readonly areOthersDone: boolean },
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
  say(`  被拒绝的行 · rejected rows${isWritten ? `: ${rejectedFile}` : ""}`);
  for (const line of rejectedLines(header, rejected, isWritten)) say(line);
  if (isWritten && areOthersDone)
    say(
      "  其余各行已处理，不必重来；被拒绝的行在上述文件中改好后，导入那个文件即可 · all other rows are done: correct these in that file, and import that one",
    );
}

const byRow = (rows: readonly RejectedRow[]): RejectedRow[] => rows.toSorted((a, b) => a.row - b.row);

/** Why it ended before its end, and what to do. */
function sayUnfinished({ message, advice }: ImportError, { imported }: Sent, say: Say): void {
  if (imported === 0) say(`  未导入任何项目 · nothing was imported: ${message}`);
  else say(`  未能完成 · not finished: ${message}`);
  for (const line of advice) say(`  ${line}`);
  if (imported === 0 && advice.length > 0) return;
  say("  排除原因后再次运行，已导入的不会重复 · mend the cause and run it again: nothing is imported twice");
}

/** What the service said of the items, or why it could not be asked. */
type PreviewOutcome = { readonly previewed: Previewed | undefined } | { readonly failure: ImportError };

async function ask(
  entries: readonly CatalogueEntry[],
  connection: Connection,
  say: Say,
): Promise<PreviewOutcome> {
  try {
    return { previewed: await preview(entries, connection, say) };
  } catch (failure) {
    if (failure instanceof ImportError) return { failure };
    throw failure;
  }
}

/** Whether the service said something of every item. */
const toldOfAll = (entries: readonly CatalogueEntry[], previewed: Previewed | undefined): boolean =>
  entries.length === 0 || (previewed !== undefined && previewed.unknownBecause === undefined);

/**
 * Imports a catalogue and says what became of it; returns the exit code: 0 for all, 1 where rows were rejected, 2 where
 * it could not be finished or a check could not ask the service, 3 where nobody accepted its warnings. Throws ImportError for a file that is none.
 */
export async function runImport(options: ImportOptions, say: Say): Promise<0 | 1 | 2 | 3> {
  const startedAt = performance.now();
  const { isCheckOnly, rejectedFile } = options;
  const { entries, rejected, header, rowCount } = readCatalogue(options.file, say);
  const connection = connect(options, say);
  const asked = await ask(entries, connection, say);
  const previewed = "failure" in asked ? undefined : asked.previewed;
  const known = [...rejected, ...(previewed?.rejected ?? [])];
  const meant = entries.filter((entry) => previewed?.refused.has(entry) !== true);
  const totals = { rowCount, itemCount: meant.length, rejectedCount: known.length };
  for (const line of totalLines(totals, previewed)) say(line);
  const finish = async (code: 0 | 2 | 3, refused: readonly RejectedRow[] = []): Promise<0 | 1 | 2 | 3> => {
    const all = byRow([...known, ...refused]);
    await report(header, all, { rejectedFile, areOthersDone: code === 0 && !isCheckOnly }, say);
    return code === 0 && all.length > 0 ? 1 : code;
  };
  if ("failure" in asked) {
    const code = await finish(2);
    sayUnfinished(asked.failure, NOTHING_SENT, say);
    return code;
  }
  const news = meant.filter((entry) => previewed?.unchanged.has(entry) !== true);
  const isUnasked = !toldOfAll(entries, previewed);
  const warnings = merge([...findFileWarnings(news), ...(previewed?.warnings ?? [])]);
  if (!(await acceptWarnings(warnings, options, say))) return finish(isCheckOnly && isUnasked ? 2 : 3);
  const isSame = changesNothing(meant, previewed);
  if (isCheckOnly) {
    if (isSame) for (const line of nothingChangedLines(meant.length, true)) say(line);
    return finish(isUnasked ? 2 : 0);
  }
  const { sent, failure } = await send(meant, connection, say);
  const isDone = failure === undefined && sent.imported === meant.length;
  const lines =
    isSame && isDone
      ? nothingChangedLines(meant.length, false)
      : sentLines(sent, previewed, (performance.now() - startedAt) / 1_000);
  if (failure === undefined || sent.imported > 0) for (const line of lines) say(line);
  const code = await finish(failure === undefined ? 0 : 2, sent.rejected);
  if (failure !== undefined) sayUnfinished(failure, sent, say);
  return code;
}
