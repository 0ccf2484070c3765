import type { AttributeList } from '../otlp/attribute-list.js';
import { LogRecord } from '../otlp/log-record.js';
import { logRefusal } from '../otlp/log-refusal.js';
import type { WireReader } from '../wire/wire-reader.js';
import { ErrorRows } from './error-rows.js';
import { ItemRows, type RowTarget } from './item-rows.js';
import type { ItemTally } from './item-tally.js';
import { LogRowWriter } from './write-log-row.js';

/** Rows of `logs`: one for each log record. */
export class LogRows extends ItemRows {
  readonly #record = new LogRecord();
  readonly #rowWriter = new LogRowWriter();
  readonly #errors = new ErrorRows();

  override begin(target: RowTarget): ItemTally {
    this.#errors.begin();
    return super.begin(target);
  }

  override resource(attributes: AttributeList): void {
    super.resource(attributes);
    this.#errors.resource(attributes);
  }

  override finish(): void {
    this.#errors.write(this.target.errors, this.target.tenant, this.target.receivedAtMs);
  }

  override item(reader: WireReader): void {
    const record = this.#record;
    record.read(reader);
    const { sink, receivedAtMs, window } = this.target;
    const refusal = this.resourceRefusal ?? logRefusal(record, window);
    if (refusal !== null) {
      this.tally.refuse(refusal);
      return;
    }
    const functionOf = record.attributes.text('faas.name') ?? this.resourceFunction;
    this.#errors.log(record, functionOf, receivedAtMs);
    this.tally.writeRow(sink, (writer) => {
      this.prelude.writeOwner(writer);
      writer.string(functionOf);
      this.#rowWriter.write(writer, this.prelude, record, receivedAtMs);
    });
  }
}
