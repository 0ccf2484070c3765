import { LogRecord } from '../otlp/log-record.js';
import { logRefusal } from '../otlp/log-refusal.js';
import type { WireReader } from '../wire/wire-reader.js';
import { ItemRows } from './item-rows.js';
import { LogRowWriter } from './write-log-row.js';

/** Rows of `logs`: one for each log record. */
export class LogRows extends ItemRows {
  readonly #record = new LogRecord();
  readonly #rowWriter = new LogRowWriter();

  override item(reader: WireReader): void {
    this.bounds.part();
    const record = this.#record;
    record.read(reader);
    const { sink, receivedAtMs, window } = this.target;
    const refusal = this.resourceRefusal ?? logRefusal(record, window);
    if (refusal !== null) {
      this.tally.refuse(refusal);
      return;
    }
    this.tally.writeRow(sink, (writer) => {
      this.prelude.writeOwner(writer);
      writer.string(record.attributes.text('faas.name') ?? this.resourceFunction);
      this.#rowWriter.write(writer, this.prelude, record, receivedAtMs);
    });
  }
}
