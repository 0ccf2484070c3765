/** A request that is well-formed and within the size limit, but would become too much. */
export class TooMuchError extends Error {
  override readonly name = 'TooMuchError';
}

/**
 * Resources, scopes and items of one request. A batch of the SDKs has 512 items, a Collector's 8,192; but 64 MiB hold 32
 * million empty log records, which become 4 GB of rows and keep everyone else waiting for a minute.
 */
const maxParts = 200_000;
/** Rows of metrics and logs repeat their resource, so a large resource with many small items grows far beyond its body. */
const maxRowBytes = 256 * 1024 * 1024;

/** Holds what one request becomes to what memory and the other senders can bear. */
export class RequestBounds {
  #parts = 0;
  #rowBytes = 0;

  begin(): void {
    this.#parts = 0;
    this.#rowBytes = 0;
  }

  /** Called with each resource, scope and item. */
  part(): void {
    this.#parts++;
    if (this.#parts > maxParts) throw tooMuch(`more than ${maxParts} resources, scopes and items`);
  }

  /** Called with the bytes of each row. */
  row(bytes: number): void {
    this.#rowBytes += bytes;
    if (this.#rowBytes > maxRowBytes) throw tooMuch(`items of more than ${maxRowBytes} bytes as rows`);
  }
}

function tooMuch(what: string): TooMuchError {
  return new TooMuchError(`The request has ${what}; send smaller batches`);
}
