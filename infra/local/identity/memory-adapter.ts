import type { Adapter, AdapterPayload } from "oidc-provider";

interface Kept {
  readonly payload: AdapterPayload;
  readonly expiresAtMs: number;
}

/** More than people sign in on one machine; the oldest go first. */
const MAX_KEPT = 1_000;

/** What the provider keeps of people's logins for minutes or hours, in memory: sessions, codes, grants. */
export class MemoryAdapter implements Adapter {
  readonly #kept = new Map<string, Kept>();

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    this.#kept.delete(id);
    const expiresAtMs = expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1_000;
    this.#kept.set(id, { payload, expiresAtMs });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_KEPT) break;
      this.#kept.delete(oldest);
    }
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const found = this.#kept.get(id);
    return found !== undefined && Date.now() < found.expiresAtMs ? found.payload : undefined;
  }

  #findBy(field: "uid" | "userCode", value: string): Promise<AdapterPayload | undefined> {
    const [id] = [...this.#kept].find(([, { payload }]) => payload[field] === value) ?? [];
    return id === undefined ? Promise.resolve(undefined) : this.find(id);
  }

  findByUid = (uid: string): Promise<AdapterPayload | undefined> => this.#findBy("uid", uid);
  findByUserCode = (userCode: string): Promise<AdapterPayload | undefined> =>
    this.#findBy("userCode", userCode);

  async consume(id: string): Promise<void> {
    const found = this.#kept.get(id);
    if (found === undefined) return;
    const payload = { ...found.payload, consumed: Math.floor(Date.now() / 1_000) };
    this.#kept.set(id, { ...found, payload });
  }

  async destroy(id: string): Promise<void> {
    this.#kept.delete(id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, { payload }] of this.#kept) if (payload.grantId === grantId) this.#kept.delete(id);
  }
}
