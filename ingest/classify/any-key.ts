import { Buffer } from 'node:buffer';

/** An attribute key from the configuration, in the form it is looked for in a payload. Made once, then compared. */
export type AnyKey = { readonly name: string; readonly bytes: Uint8Array };

export function anyKey(name: string): AnyKey {
  return { name, bytes: new Uint8Array(Buffer.from(name)) };
}
