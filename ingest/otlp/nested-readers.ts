import { WireReader } from '../wire/wire-reader.js';
import { AnyValueReader } from './any-value.js';

/** One set of readers a depth: nested values are read without making readers for each of their elements. */
export class NestedReaders {
  readonly value = new AnyValueReader();
  readonly list = new WireReader();
  readonly pair = new WireReader();
  #inner: NestedReaders | null = null;

  get inner(): NestedReaders {
    this.#inner ??= new NestedReaders();
    return this.#inner;
  }
}
