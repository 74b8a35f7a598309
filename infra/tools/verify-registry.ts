import { readConfig } from "../../shared/config.ts";
import { connectDatabase, OF_A_COMMAND } from "../../shared/store/kit/database.ts";
import { checkRegistry, type RegistryFault } from "../../shared/store/registry/registry-verification.ts";
import { openTables } from "../local/open-tables.ts";
import { runVerification } from "./run-verification.ts";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const faultTexts: Readonly<Record<RegistryFault, string>> = {
  HOSPITAL_MISSING: "协议机构未登记 · the hospital is not stated",
  EMPLOYER_MISSING: "用人单位未登记 · the employer is not stated",
  WORKER_MISSING: "职工未登记 · the worker is not stated",
  CASE_MISSING: "工伤认定未登记 · the case is not stated",
  CASE_OF_ANOTHER_WORKER: "工伤认定属于另一名职工 · the case is another worker's",
  CASE_OF_ANOTHER_EMPLOYER: "工伤认定的用人单位不同 · the case is another employer's",
  CASE_OLDER_THAN_STATED: "工伤认定早于最近一次登记 · the case is older than it was stated last",
};

async function main(): Promise<boolean> {
  const tables = await openTables(process.env, ["LEDGER_TABLE", "REGISTRY_TABLE"]);
  try {
    // The SDK finds region and credentials there, those of a profile among them.
    Object.assign(process.env, tables.env);
    const db = connectDatabase(readConfig(process.env), OF_A_COMMAND);
    let compared = 0;
    let faults = 0;
    const findings = checkRegistry(db, (count) => {
      compared += count;
    });
    for await (const { fault, id } of findings) {
      faults += 1;
      say(`${fault} ${id}  ${faultTexts[fault]}`);
    }
    say(`已核对 ${compared} 条 · ${compared} items of the Ledger compared`);
    say(faults === 0 ? "相符 · Registry and Ledger fit each other" : `${faults} 处问题 · faults`);
    return faults === 0;
  } finally {
    await tables.stop();
  }
}

runVerification(main);
