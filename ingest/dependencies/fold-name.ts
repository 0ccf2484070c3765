/** Longer names only spoil lists. */
const longest = 120;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** Hexadecimal of eight digits or more, and numbers of five or more, are ids; `orders-v2` and `eu-central-1` are names. */
const made = /(?<![a-z0-9])(?=[0-9a-f]{0,63}\d)[0-9a-f]{8,64}(?![a-z0-9])|\d{5,}/gi;
/** Either holds a digit with four more beside it; most names hold none, and are passed over. */
const idLike = /\d[0-9a-f-]{4}|[0-9a-f-]{4}\d/i;

/** The name of a queue, table, bucket or method without ids that some make part of it. */
export function foldName(name: string): string {
  const kept = name.length > longest ? name.slice(0, longest) : name;
  return idLike.test(kept) ? kept.replace(uuid, '*').replace(made, '*') : kept;
}

/** The last part of a URL of a queue, or of an ARN of anything. */
export function lastPart(name: string): string {
  const at = Math.max(name.lastIndexOf('/'), name.startsWith('arn:') ? name.lastIndexOf(':') : -1);
  return name.slice(at + 1);
}

/** The function an ARN or a partial one names, without its alias. */
export function invokedName(name: string): string {
  const marker = name.indexOf(':function:');
  const bare = marker === -1 ? name : name.slice(marker + ':function:'.length);
  const qualifier = bare.indexOf(':');
  return foldName(qualifier === -1 ? bare : bare.slice(0, qualifier));
}
