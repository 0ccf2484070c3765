import type { RequestLimits } from '../limits/request-limits.js';
import type { AttributeList } from '../otlp/attribute-list.js';
import type { EnvelopeVisitor } from '../otlp/envelope-walker.js';
import type { TimeWindow } from '../otlp/span-refusal.js';
import { ByteWriter } from '../wire/byte-writer.js';
import type { WireReader } from '../wire/wire-reader.js';
import { ItemTally, isTooDeep } from './item-tally.js';
import { RequestBounds } from './request-bounds.js';
import { RequestSource } from './request-source.js';
import type { RowSink } from './row-sink.js';
import { SpanPrelude } from './span-prelude.js';

/** Where the rows of one request go, and what is the same for all of them. */
export type RowTarget = {
  readonly sink: RowSink;
  /** Where the errors that log records tell of go; null where there are none. */
  readonly errors: RowSink | null;
  /** Where the platform's reports among log records go; null where there are none. */
  readonly reports: RowSink | null;
  readonly tenant: string;
  readonly receivedAtMs: number;
  readonly window: TimeWindow;
};

/** Turns what a request holds into rows of one table. One serves all requests; `begin` says whose the next one is. */
export abstract class ItemRows implements EnvelopeVisitor {
  protected readonly limits: RequestLimits;
  protected readonly prelude: SpanPrelude;
  protected target: RowTarget = {
    sink: { writer: new ByteWriter(0), rows: 0 },
    errors: null,
    reports: null,
    tenant: '',
    receivedAtMs: 0,
    window: { fromMs: 0, toMs: 0 },
  };
  protected readonly bounds = new RequestBounds();
  protected tally = new ItemTally(this.bounds);
  /** The function that the resource names. */
  protected resourceFunction = '';
  /** Set when the resource itself is garbage: then all its items are refused. */
  protected resourceRefusal: 'too-many-functions' | 'too-deep' | null = null;
  /** Of the request: who sends. */
  readonly source = new RequestSource();

  constructor(limits: RequestLimits) {
    this.limits = limits;
    this.prelude = new SpanPrelude(limits);
  }

  begin(target: RowTarget): ItemTally {
    this.target = target;
    this.bounds.begin();
    this.tally = new ItemTally(this.bounds);
    this.source.clear();
    return this.tally;
  }

  resource(attributes: AttributeList): void {
    this.resourceRefusal = null;
    this.bounds.part();
    try {
      this.source.see(attributes);
      const name = attributes.text('faas.name') ?? attributes.text('service.name') ?? '';
      this.resourceFunction = this.limits.name(name);
      if (!this.limits.admitsFunction(this.resourceFunction)) this.resourceRefusal = 'too-many-functions';
      this.prelude.setResource(this.target.tenant, attributes);
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      this.resourceRefusal = 'too-deep';
    }
  }

  scope(bytes: Uint8Array, nameStart: number, nameEnd: number): void {
    this.bounds.part();
    this.prelude.setScope(bytes, nameStart, nameEnd);
  }

  abstract item(reader: WireReader): void;

  /** Called when all bodies of the request have been read. */
  finish(): void {}
}
