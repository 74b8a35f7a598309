import { spawnSync } from "node:child_process";

/** Whether this system lets us have a network namespace with a loopback device that is up. */
export const canIsolate = [["--net"], ["--user", "--map-root-user", "--net"]].some(
  (flags) => spawnSync("unshare", [...flags, "ip", "link", "set", "lo", "up"]).status === 0,
);
