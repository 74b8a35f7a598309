interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

const isEarlier = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/**
 * Virtual time: what is to happen, in the order in which it happens. Nothing waits for a real clock, so that a
 * history of days runs in milliseconds, and the same one every time.
 */
export class Timeline {
  now: number;
  #order = 0;
  /** A binary heap, the earliest first. */
  readonly #heap: Entry[] = [];

  constructor(start: number) {
    this.now = start;
  }

  /** Lets something happen after so many whole milliseconds. */
  after(delayMs: number, run: () => void): void {
    this.#order += 1;
    const heap = this.#heap;
    heap.push({ at: this.now + delayMs, order: this.#order, run });
    let index = heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) break;
      index = parent;
    }
  }

  /** A promise that waits in virtual time. */
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /** When the next thing happens; undefined where nothing is left. */
  get next(): number | undefined {
    return this.#heap[0]?.at;
  }

  /** Moves on to what happens next and starts it; false where nothing is left. */
  advance(): boolean {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return false;
    if (heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    this.now = first.at;
    first.run();
    return true;
  }

  #sink(): void {
    let index = 0;
    for (;;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const [a, b] = [this.#heap[left], this.#heap[right]];
      if (a === undefined) return;
      const child = b !== undefined && isEarlier(b, a) ? right : left;
      if (!this.#swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  #swapIfEarlier(child: number, parent: number): boolean {
    const [a, b] = [this.#heap[child], this.#heap[parent]];
    if (a === undefined || b === undefined || !isEarlier(a, b)) return false;
    [this.#heap[child], this.#heap[parent]] = [b, a];
    return true;
  }
}
