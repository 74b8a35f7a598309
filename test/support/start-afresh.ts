import { vi } from "vitest";
import { restoreProcess } from "./process-state.ts";

// Before each test file of those that share a process. Our modules keep nothing from one call to the next but limits of
// the public pages, so they are loaded once for all files.
vi.useRealTimers();
restoreProcess();
