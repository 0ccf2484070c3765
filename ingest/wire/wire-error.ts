/** Why bytes are not a readable message. */
export type WireFault =
  | 'truncated'
  | 'length-past-end'
  | 'varint-too-long'
  | 'bad-field-number'
  | 'bad-wire-type'
  | 'stray-group-end'
  | 'nesting-too-deep'
  | 'not-json'
  | 'wrong-shape';

/** Bytes that cannot be read, with the place where reading stopped. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly fault: WireFault;
  /** Offset in bytes from the start of the (inflated) body. */
  readonly offset: number;

  constructor(fault: WireFault, offset: number, message: string) {
    super(`${message} at byte ${offset}`);
    this.fault = fault;
    this.offset = offset;
  }
}
