import type { makeOpenapi } from "../../functions/contract/openapi.ts";

type Contract = ReturnType<typeof makeOpenapi>;
type Operation = NonNullable<Contract["paths"][string]["get"]>;

const NOTICE = `Made from functions/contract/operations.ts by \`npm run openapi\`; a test fails where it is out of date. The same contract for machines is
[openapi.json](openapi.json); a running service has it at \`/openapi.json\`, and as a page with every field at \`/docs\`.`;

/** The refusals of one status: what to do, and each code below it. */
function renderRefusals(status: string, description: string): string {
  const [first = "", ...codes] = description.split("\n").filter((line) => line !== "");
  return [`- **${status}** ${first}`, ...codes.map((line) => `  ${line}`)].join("\n");
}

function renderOperation(method: string, path: string, operation: Operation): string {
  const { operationId, summary, description, responses } = operation;
  const refusals = Object.entries(responses).filter(([status]) => !status.startsWith("2"));
  const [answer] = Object.keys(responses).filter((status) => status.startsWith("2"));
  return [
    `### ${operationId}`,
    `\`${method.toUpperCase()} ${path}\` → ${answer} · ${summary}`,
    description,
    refusals.map(([status, response]) => renderRefusals(status, response.description)).join("\n"),
  ].join("\n\n");
}

/** The contract in Markdown: one heading for each operation id, with its refusals and what to do about them. */
export function makeApiReadme({ info, tags, paths }: Contract): string {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );
  const sections = tags.flatMap(({ name, description }) => [
    `## ${description}`,
    ...operations
      .filter(({ operation }) => operation.tags.includes(name))
      .map(({ method, path, operation }) => renderOperation(method, path, operation)),
  ]);
  return `${[`# ${info.title}`, NOTICE, info.description, ...sections].join("\n\n")}\n`;
}
