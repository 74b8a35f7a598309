/** The environment of a worker as it is before the first test file of it. */
const before = { ...process.env };

/** Takes back what earlier files have done to the environment and the standard output of their process. */
export function restoreProcess(): void {
  // A replacement lies on the stream itself, before the method of its class.
  Reflect.deleteProperty(process.stdout, "write");
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
}
