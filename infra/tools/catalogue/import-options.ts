import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ImportError } from "./import-error.ts";
import type { Credentials } from "./sign-in.ts";

export interface ImportOptions extends Credentials {
  readonly file: string;
  /** Where rejected rows are written. */
  readonly rejectedFile: string;
  /** Only reads and judges the file; sends nothing. */
  readonly isCheckOnly: boolean;
  /** Imports although something looks like a slip. */
  readonly acceptsWarnings: boolean;
  readonly label: string;
  readonly serviceUrl: string;
}

export const usage = `用法 · usage: npm run import-catalogue -- FILE [--check] [--accept-warnings] [--rejected PATH] [--label TEXT]
  FILE             三目录 CSV，每个项目每个有效期一行 · one row for each item and period
  --rejected PATH  被拒绝的行写入何处，默认 FILE.rejected.csv · where rejected rows are written
  --check          只检查，不导入 · only checks, imports nothing
  --accept-warnings  有提醒也导入 · imports although there are warnings
  --label TEXT     同一内容换一个标签即重新登记 · the same content under another label is stated again
  SERVICE_URL (http://127.0.0.1:8787)  CLIENT_ID (demo-agency)  CLIENT_SECRET (demo-secret)
  TOKEN_URL (SERVICE_URL/oauth/token)
  退出码 · exit code: 0 全部导入 · all imported, 1 有被拒绝的行 · rows were rejected, 2 未能完成，或 --check 未能询问服务 · not finished, or --check could not ask the service,
    3 有提醒而未确认，未导入 · there are warnings that nobody accepted, nothing was imported`;

function readUrl(name: string, text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === "http:" || url?.protocol === "https:") return text;
  throw new ImportError(`${name} 不是网址：${text}`, `${name} is no http address: ${text}`);
}

function parseArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rejected: { type: "string" },
        check: { type: "boolean", default: false },
        "accept-warnings": { type: "boolean", default: false },
        label: { type: "string", default: "" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new ImportError("参数有误", `${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** npm runs scripts in the project's folder; paths are meant from where the person stands. */
const folderOf = (env: Environment): string =>
  (env.npm_lifecycle_event === "import-catalogue" ? env.INIT_CWD : undefined) ?? process.cwd();

/** Undefined where help was asked for. Throws ImportError for arguments or settings that make no sense. */
export function readOptions(args: readonly string[], env: Environment): ImportOptions | undefined {
  const { values, positionals } = parseArguments(args);
  if (values.help) return undefined;
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) {
    throw new ImportError("须给出一个文件", `Give one file\n${usage}`);
  }
  const folder = folderOf(env);
  const file = resolve(folder, name);
  const rejectedFile = resolve(folder, values.rejected ?? `${name}.rejected.csv`);
  if (rejectedFile === file) {
    throw new ImportError(
      "--rejected 不能是目录文件本身",
      "--rejected must be another file than the catalogue",
    );
  }
  const serviceUrl = readUrl("SERVICE_URL", env.SERVICE_URL ?? "http://127.0.0.1:8787").replace(/\/+$/, "");
  return {
    file,
    rejectedFile,
    isCheckOnly: values.check,
    acceptsWarnings: values["accept-warnings"],
    label: values.label,
    serviceUrl,
    tokenUrl: readUrl("TOKEN_URL", env.TOKEN_URL ?? `${serviceUrl}/oauth/token`),
    clientId: env.CLIENT_ID ?? "demo-agency",
    clientSecret: env.CLIENT_SECRET ?? "demo-secret",
  };
}
