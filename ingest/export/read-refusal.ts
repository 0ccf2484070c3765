import { OtlpRefusal } from '../http/otlp-refusal.js';
import { TooMuchError } from '../rows/request-bounds.js';
import { WireError } from '../wire/wire-error.js';

/** Why a body could not be read; null when that is not the sender's fault. */
export function readRefusal(error: unknown): OtlpRefusal | null {
  if (error instanceof OtlpRefusal) return error;
  if (error instanceof TooMuchError) return new OtlpRefusal('too-large', error.message);
  return error instanceof WireError ? new OtlpRefusal('undecodable', error.message) : null;
}
