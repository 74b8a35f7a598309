/**
 * Lets a command go on where nobody reads what it says any more, as in `npm start | head`: its work is not in its words.
 * Anything else that happens to its output ends it, as before.
 */
export function outliveReaders(): void {
  for (const output of [process.stdout, process.stderr])
    output.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
}
