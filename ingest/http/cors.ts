/** Headers that let a browser on this origin send telemetry; none when the origin is not allowed. */
export function corsHeaders(
  origin: string | undefined,
  allowedOrigins: readonly string[],
): Record<string, string> {
  if (origin === undefined || !allowedOrigins.some((pattern) => matches(pattern, origin))) return {};
  return { 'access-control-allow-origin': origin, vary: 'Origin' };
}

export const preflightHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers':
    'authorization, content-encoding, content-type, x-api-key, x-requested-with',
  'access-control-max-age': '7200',
};

/** A pattern is an origin in which `*` stands for anything. */
function matches(pattern: string, origin: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`, 'i').test(origin);
}
