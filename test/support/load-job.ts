const folder = new URL("../../functions/entry/", import.meta.url).pathname;

interface Jobs {
  readonly "deliver-webhooks": typeof import("../../functions/entry/deliver-webhooks.ts");
  readonly "raise-overdue-claims": typeof import("../../functions/entry/raise-overdue-claims.ts");
  readonly "follow-case-decision": typeof import("../../functions/entry/follow-case-decision.ts");
}

/**
 * The handler of a job, as Lambda loads it: it reads its environment while it is loaded. Test files that share a process
 * have tables of their own, so it is loaded once for each table.
 */
export async function loadJob<Name extends keyof Jobs>(name: Name): Promise<Jobs[Name]["handler"]> {
  const file = `${folder}${name}.ts?table=${process.env.LEDGER_TABLE}`;
  const { handler } = await import(/* @vite-ignore */ file);
  return handler;
}
