/** The two encodings of OTLP over HTTP; an answer has that of its request. */
export type OtlpEncoding = 'protobuf' | 'json';

export const mediaTypes: Readonly<Record<OtlpEncoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/** Reads a Content-Type, whatever its case and parameters; null when it is neither of the two. */
export function encodingOf(contentType: string | undefined): OtlpEncoding | null {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return 'json';
  return type === 'application/x-protobuf' || type === 'application/protobuf' ? 'protobuf' : null;
}
