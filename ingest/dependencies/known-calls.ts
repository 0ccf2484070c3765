import type { KnownKey } from '../classify/known-keys.js';
import { spanKinds } from '../classify/span-facts.js';
import type { AttributeList } from '../otlp/attribute-list.js';
import type { AttributeShape } from '../otlp/attribute-shape.js';
import type { SpanRecord } from '../otlp/span-record.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { AskedAttributes } from './asked-attributes.js';
import type { Call } from './call.js';
import { describeCall } from './describe-call.js';
import { writeFoldedUrl } from './write-folded-url.js';

const places = 4096;
/** Of the whole question; longer ones are statements and the like, which do not come again. */
const longestQuestion = 512;
const urlKeys: ReadonlySet<KnownKey> = new Set(['url.full', 'http.url']);
/** Tag and length of a short text in front of its bytes. */
const shortTextHead = 2;
const shortTextTag = 10;
const longestShortText = 127;

/** What was asked of spans with the same keys. */
type Asked = { keys: Set<KnownKey>; name: boolean; places: { place: number; isUrl: boolean }[] };
/** The values of all that was asked, with whose keys, and what came of it. */
type Known = { asked: Asked; kind: number; question: Uint8Array; call: Call | null };

/**
 * Describes calls, each like one described before from memory. Two spans with the same keys are the same call when all
 * values are equal that were ever asked of such spans, so nothing here knows which attributes a call depends on.
 */
export class KnownCalls {
  readonly #asked = new AskedAttributes();
  /** Shapes come and go with their tree. */
  readonly #shapes = new WeakMap<AttributeShape, Asked>();
  readonly #known = new Array<Known | null>(places).fill(null);
  readonly #question = new ByteWriter(1024);
  /** Longer values are not read whole. */
  readonly #valueBytes: number;

  constructor(valueBytes: number) {
    this.#valueBytes = valueBytes;
  }

  of(span: SpanRecord): Call | null {
    const { kind, attributes } = span;
    if (kind === spanKinds.internal || kind === spanKinds.unspecified) return null;
    const asked = this.#askedOf(attributes.shape);
    this.#ask(asked, span);
    const question = this.#question;
    if (question.length > longestQuestion) return describeLong(span);
    const known = this.#known[question.hash() & (places - 1)] ?? null;
    if (known !== null && known.asked === asked && known.kind === kind && question.holds(known.question)) {
      return known.call;
    }
    const call = this.#describe(asked, span);
    this.#ask(asked, span);
    if (question.length <= longestQuestion) {
      const copy = Uint8Array.from(question.view());
      this.#known[question.hash() & (places - 1)] = { asked, kind, question: copy, call };
    }
    return call;
  }

  #describe(asked: Asked, span: SpanRecord): Call | null {
    this.#asked.of(span.attributes);
    const call = describeCall(span.kind, this.#asked, () => {
      asked.name = true;
      return span.name();
    });
    for (const key of this.#asked.keys) {
      if (asked.keys.has(key)) continue;
      asked.keys.add(key);
      const place = span.attributes.placeOf(key);
      if (place !== -1) asked.places.push({ place, isUrl: urlKeys.has(key) });
    }
    return call;
  }

  #ask(asked: Asked, span: SpanRecord): void {
    const writer = this.#question;
    writer.clear();
    for (const { place, isUrl } of asked.places) {
      if (writer.length > longestQuestion) return;
      const bodyStart = writer.reserveLength();
      this.#writeValue(span.attributes, place, isUrl);
      writer.fillLength(bodyStart);
    }
    if (asked.name) writer.text(span.bytes, span.nameSlice.start, span.nameSlice.end);
  }

  #writeValue(attributes: AttributeList, place: number, isUrl: boolean): void {
    const { bytes } = attributes;
    const start = attributes.valueStart(place);
    const end = attributes.valueEnd(place);
    const length = end - start - shortTextHead;
    const isShortText = bytes[start] === shortTextTag && bytes[start + 1] === length;
    const writesUrl = isUrl && isShortText && length <= Math.min(longestShortText, this.#valueBytes);
    this.#question.u8(writesUrl ? 1 : 0);
    if (writesUrl) writeFoldedUrl(this.#question, bytes, start + shortTextHead, end);
    else this.#question.copy(bytes, start, end);
  }

  #askedOf(shape: AttributeShape): Asked {
    const known = this.#shapes.get(shape);
    if (known !== undefined) return known;
    const asked: Asked = { keys: new Set(), name: false, places: [] };
    this.#shapes.set(shape, asked);
    return asked;
  }
}

/** Apart from `of`, where a function that captures the span would be made for each one. */
function describeLong(span: SpanRecord): Call | null {
  return describeCall(span.kind, span.attributes, () => span.name());
}
