/** Keys of a resource that tell its runtime, the most exact first. Sources: OpenTelemetry semantic conventions 1.38, AWS layers. */
export const runtimeKeys = [
  'process.runtime.name',
  'process.runtime.version',
  'faas.runtime',
  'aws.lambda.runtime',
  'telemetry.sdk.language',
] as const;

/** The runtime a resource tells of in words, such as "nodejs 20.18.1"; null when it tells none. */
export function runtimeOf(attributes: Readonly<Record<string, string>>): string | null {
  const name = attributes['process.runtime.name'] ?? '';
  if (name !== '') return [name, attributes['process.runtime.version'] ?? ''].join(' ').trim();
  const told = [
    attributes['faas.runtime'],
    attributes['aws.lambda.runtime'],
    attributes['telemetry.sdk.language'],
  ];
  return told.find((text) => text !== undefined && text !== '') ?? null;
}
