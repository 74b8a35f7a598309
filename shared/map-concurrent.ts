/**
 * Maps items with at most `concurrency` of them under way; the results are in the order of the items. After a failure
 * no other item is begun; what is under way is finished, and then the first failure is thrown.
 */
export async function mapConcurrent<Item, Result>(
  items: Iterable<Item>,
  concurrency: number,
  map: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const all = [...items];
  const queue = all.entries();
  const results: Result[] = [];
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failures.length > 0) return;
      try {
        results[index] = await map(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, all.length) }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}
