import * as z from "zod/mini";

const Attributes = z.record(z.string(), z.record(z.string(), z.unknown()));
type Attributes = z.infer<typeof Attributes>;

const Put = z.object({ Item: Attributes });
const Update = z.object({ ExpressionAttributeValues: z._default(Attributes, {}) });
const Written = z.object({
  Item: z.optional(Attributes),
  UpdateExpression: z.optional(z.string()),
  ExpressionAttributeValues: z.optional(Attributes),
  TransactItems: z._default(z.array(z.object({ Put: z.optional(Put), Update: z.optional(Update) })), []),
});

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

/** As DynamoDB counts: names and contents of attributes, three bytes for a list or map and one for each of its members. */
function sizeOfValue([type, content]: readonly [string, unknown]): number {
  switch (type) {
    case "S":
      return Buffer.byteLength(z.string().parse(content));
    case "N":
      return Math.ceil(z.string().parse(content).length / 2) + 1;
    case "B":
      return Buffer.from(z.string().parse(content), "base64").byteLength;
    case "M":
      return 3 + sizeOfAttributes(Attributes.parse(content)) + Object.keys(Attributes.parse(content)).length;
    case "L":
      return (
        3 +
        sum(
          z
            .array(z.record(z.string(), z.unknown()))
            .parse(content)
            .map(sizeOfOne)
            .map((size) => size + 1),
        )
      );
    default:
      return 1;
  }
}
const sizeOfOne = (value: Readonly<Record<string, unknown>>): number =>
  sum(Object.entries(value).map(sizeOfValue));
const sizeOfAttributes = (item: Attributes): number =>
  sum(Object.entries(item).map(([name, value]) => Buffer.byteLength(name) + sizeOfOne(value)));

/** Bytes of the items and values that a request to the store writes, by its body; 0 where it reads. */
export function bytesWritten(body: string): number {
  const { Item, UpdateExpression, ExpressionAttributeValues, TransactItems } = Written.parse(
    JSON.parse(body),
  );
  const updated = UpdateExpression === undefined ? {} : (ExpressionAttributeValues ?? {});
  const inTransaction = TransactItems.map(
    ({ Put: put, Update: update }) =>
      sizeOfAttributes(put?.Item ?? {}) + sizeOfAttributes(update?.ExpressionAttributeValues ?? {}),
  );
  return sizeOfAttributes(Item ?? {}) + sizeOfAttributes(updated) + sum(inTransaction);
}
