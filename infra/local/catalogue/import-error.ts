/** Why nothing more can be imported, said to the person who started the import: Chinese, then English. */
export class ImportError extends Error {
  constructor(zh: string, en: string) {
    super(`${zh} · ${en}`);
    this.name = "ImportError";
  }
}
