import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runService, type Service, type ServiceOptions } from "../../infra/local/run-service.ts";
import { EMPLOYER, employerBody, hospitalBody } from "./demo-case.ts";
import { freePort } from "./free-port.ts";
import { makeLocalClient, tokenOf } from "./local-client.ts";
import { HOSPITAL, OTHER_HOSPITAL } from "./service.ts";

export interface LocalService extends Service {
  readonly port: number;
  /** Where its data and its issuer's key are, until it stops. */
  readonly dataDir: string;
}

/** The service on one machine without demo data, in a directory of its own that ends with it. */
export async function startLocalService(overrides: Partial<ServiceOptions> = {}): Promise<LocalService> {
  const ownDirectory = mkdtempSync(join(tmpdir(), "local-service-"));
  const options: ServiceOptions = {
    host: "127.0.0.1",
    port: await freePort(),
    dataDir: ownDirectory,
    endpoint: undefined,
    loadDemoData: false,
    report: () => undefined,
    ...overrides,
  };
  const service = await runService(options);
  return {
    ...service,
    port: options.port,
    dataDir: options.dataDir,
    stop: async () => {
      await service.stop();
      rmSync(ownDirectory, { recursive: true });
    },
  };
}

/** States the hospitals and the employer that the demo clients speak for. */
export async function stateDemoInstitutions({ url }: Pick<Service, "url">): Promise<void> {
  const agency = makeLocalClient(url, await tokenOf(url, "demo-agency"));
  const statements = [
    [`hospitals/${HOSPITAL}`, hospitalBody()],
    [`hospitals/${OTHER_HOSPITAL}`, hospitalBody(2)],
    [`employers/${EMPLOYER}`, employerBody()],
  ] as const;
  for (const [path, body] of statements) {
    const answer = await agency.send("PUT", `/v1/agency/${path}`, { body });
    if (answer?.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer?.body)}`);
  }
}
