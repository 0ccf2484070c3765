import type { AttributeReader, KnownKey } from '../classify/known-keys.js';

/** The numbers of the `peer_kind` column. */
export const peerKinds = {
  none: 0,
  database: 1,
  http: 2,
  queue: 3,
  function: 4,
  rpc: 5,
  storage: 6,
  other: 7,
} as const;
export type PeerKind = Exclude<keyof typeof peerKinds, 'none'>;

/** Which way a call goes: out of a function, or to it. The numbers are those of the `call` column. */
export const directions = { none: 0, out: 1, in: 2 } as const;

/** What a span says of the other side. Few different ones, whatever the ids in it: names, never addresses of one item. */
export type Call = {
  readonly direction: 'out' | 'in';
  readonly kind: PeerKind;
  readonly peer: string;
  readonly operation: string;
  /** The sender says that it is a repetition of a call that failed. */
  readonly retry: boolean;
};

/** Who is on the other side and what is asked of it. */
export type Peer = { readonly kind: PeerKind; readonly peer: string; readonly operation: string };

export interface CallAttributes extends Omit<AttributeReader, 'find'> {
  /** The first text of a list, or the text itself; null when absent or empty. */
  firstText(key: KnownKey): string | null;
}

export function firstOf(attributes: CallAttributes, ...keys: KnownKey[]): string {
  for (const key of keys) {
    const text = attributes.text(key);
    if (text !== null) return text;
  }
  return '';
}
