import * as z from "zod/mini";

/** What the service asks of the connector: a connection to the engine, under a number of its own. */
export const ConnectRequest = z.object({ kind: z.literal("CONNECT"), id: z.number() });
export type ConnectRequest = z.infer<typeof ConnectRequest>;

/** What the connector says: that the engine answers, or what became of a request. A connection comes with `CONNECTED`. */
export const ConnectorMessage = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("READY"), pid: z.number() }),
  z.object({ kind: z.literal("CONNECTED"), id: z.number() }),
  z.object({ kind: z.literal("NOT_CONNECTED"), id: z.number() }),
]);
export type ConnectorMessage = z.infer<typeof ConnectorMessage>;
