import type { Agent } from "node:http";

/**
 * Connections to a store at once. The time to connect counts from the call: one that had to wait for a free connection would be
 * given up for nothing.
 */
export const MAX_SOCKETS = 256;

const agentMakers = new Map<string, () => Agent>();

/** From here on, connections to this endpoint are made by an agent of this kind, one for each client. */
export function setEndpointAgent(endpoint: string, makeAgent: () => Agent): void {
  agentMakers.set(endpoint, makeAgent);
}

/** A new agent that connects to an endpoint; undefined where the endpoint's address leads there by itself, as on AWS. */
export const makeEndpointAgent = (endpoint: string): Agent | undefined => agentMakers.get(endpoint)?.();
