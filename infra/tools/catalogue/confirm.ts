import { createInterface } from "node:readline/promises";

/** Asks the person at the terminal whether to go on; nobody is asked where there is no terminal. */
export async function confirm(): Promise<boolean> {
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question("  仍要导入请输入 yes · type yes to import all the same: ");
    return ["yes", "y", "是"].includes(answer.trim().toLowerCase());
  } finally {
    terminal.close();
  }
}
