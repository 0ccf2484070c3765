import { ByteWriter } from '../wire/byte-writer.js';
import type { AttributeList } from './attribute-list.js';

const places = 512;
/** Of all values together. What is larger is worked out each time. */
const longest = 4096;

type Known<What> = { readonly shape: number; readonly values: Uint8Array; readonly what: What };

/** Remembers what follows from attributes, for others with the same keys and values. One a place, so it never grows. */
export class KnownAttributes<What> {
  readonly #known = new Array<Known<What> | null>(places).fill(null);
  readonly #values = new ByteWriter(longest);

  /** What is known of such attributes; what `begin` makes when nothing is. Of one list only, since shapes are its own. */
  of(attributes: AttributeList, begin: () => What): What {
    const writer = this.#values;
    writer.clear();
    // A value over its limit is counted each time it is written.
    if (attributes.hasLong || !attributes.writeAll(writer, longest)) return begin();
    const { id: shape } = attributes.shape;
    const place = (writer.hash() ^ shape) & (places - 1);
    const known = this.#known[place] ?? null;
    if (known !== null && known.shape === shape && writer.holds(known.values)) return known.what;
    const what = begin();
    this.#known[place] = { shape, values: Uint8Array.from(writer.view()), what };
    return what;
  }
}
