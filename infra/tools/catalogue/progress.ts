import { SingleBar } from "cli-progress";

/** Shows how many items are done: a bar in a terminal, otherwise a line for every tenth. */
export interface Progress {
  readonly show: (done: number) => void;
  readonly note: (text: string) => void;
  readonly stop: () => void;
}

function makeBar(total: number): Progress {
  const bar = new SingleBar({
    format: "  {bar} {percentage}%  {value}/{total} 项 · items  {duration_formatted}  {note}",
    stream: process.stdout,
  });
  bar.start(total, 0, { note: "" });
  return {
    show: (done) => bar.update(done, { note: "" }),
    note: (note) => bar.update({ note }),
    stop: () => bar.stop(),
  };
}

function makeLines(total: number, say: (line: string) => void): Progress {
  let tenthsSaid = 0;
  return {
    show: (done) => {
      const tenths = Math.floor((done / total) * 10);
      if (tenths === tenthsSaid) return;
      tenthsSaid = tenths;
      say(`  ${tenths * 10}%  ${done}/${total} 项 · items`);
    },
    note: (note) => say(`  ${note}`),
    stop: () => undefined,
  };
}

export const makeProgress = (total: number, say: (line: string) => void): Progress =>
  process.stdout.isTTY === true ? makeBar(total) : makeLines(total, say);
