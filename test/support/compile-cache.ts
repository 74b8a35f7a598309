import { enableCompileCache } from "node:module";
import { resolve } from "node:path";

// Vitest turns the compile cache off in a run with coverage, whose counts it would spoil. Tests that are not counted
// have it all the same, and hand it on to the services and commands that they start: each module is compiled once.
const folder = resolve("node_modules/.cache/node-compile");
delete process.env.NODE_DISABLE_COMPILE_CACHE;
process.env.NODE_COMPILE_CACHE = folder;
enableCompileCache(folder);
