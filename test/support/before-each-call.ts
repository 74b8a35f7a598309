import type { Database } from "../../shared/store/kit/database.ts";

/** A command on its way to the store, its input as JSON. */
export interface StoreCall {
  readonly command: string;
  readonly input: string;
}

/** From here on something comes before each call of the store, and is waited for: what others do meanwhile. */
export function beforeEachCall(
  { client }: Pick<Database, "client">,
  come: (call: StoreCall) => Promise<void>,
): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      await come({ command: String(context.commandName), input: JSON.stringify(args.input) });
      return next(args);
    },
    { step: "initialize", name: "beforeEachCall", priority: "low" },
  );
}
