/** Why nothing more can be imported, said to the person who started the import: Chinese, then English. */
export class ImportError extends Error {
  /** What to do about it, a line for each language; nothing where the reason says it. */
  readonly advice: readonly string[];

  constructor(zh: string, en: string, advice: readonly string[] = []) {
    super(`${zh} · ${en}`);
    this.name = "ImportError";
    this.advice = advice;
  }
}
