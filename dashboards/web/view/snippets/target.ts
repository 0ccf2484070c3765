export type Snippet = { id: string; label: string; steps: { say: string; code: string }[] };

/** Where to send to, and whether a key goes along. */
export type Target = { endpoint: string; needsKey: boolean };

export const keyHeader = 'authorization=Bearer%20cbk_YOUR_KEY';

/** The variables every SDK reads. */
export function environment({ endpoint, needsKey }: Target, service = ''): string {
  return [
    `export OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}`,
    ...(needsKey ? [`export OTEL_EXPORTER_OTLP_HEADERS="${keyHeader}"`] : []),
    ...(service === '' ? [] : [`export OTEL_SERVICE_NAME=${service}`]),
  ].join('\n');
}
