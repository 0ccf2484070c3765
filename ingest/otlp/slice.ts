/** Start and end of a value inside a payload. */
export class Slice {
  start = 0;
  end = 0;

  get length(): number {
    return this.end - this.start;
  }

  set(start: number, end: number): void {
    this.start = start;
    this.end = end;
  }
}
