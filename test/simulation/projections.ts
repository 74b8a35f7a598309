import { notBuilt } from "./errors.ts";
import { type Path, parsePath, resolvePath, type Scope } from "./operands.ts";
import { type Parsed, remembered } from "./tokens.ts";
import { copyItem, copyValue, type Item } from "./values.ts";

const parseNames = remembered((tokens): readonly Path[] => {
  const paths: Path[] = [];
  do paths.push(parsePath(tokens));
  while (tokens.accept(","));
  return paths;
});

export type Projection = Parsed<readonly Path[]> | undefined;

export const parseProjection = (text: string | undefined): Projection =>
  text === undefined ? undefined : parseNames(text);

/** A copy of the item, or of the attributes that are asked for. */
export function project(item: Item, projection: Projection, scope: Scope): Item {
  if (projection === undefined) return copyItem(item);
  const part: Item = {};
  for (const path of projection.tree) {
    const [name, ...rest] = resolvePath(path, scope);
    if (typeof name !== "string" || rest.length > 0) throw notBuilt("projections into an attribute");
    if (item[name] !== undefined) part[name] = copyValue(item[name]);
  }
  return part;
}
