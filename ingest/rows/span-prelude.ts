import { environmentName, serviceName } from '../classify/service-name.js';
import type { RequestLimits } from '../limits/request-limits.js';
import type { AttributeList } from '../otlp/attribute-list.js';
import { ByteWriter } from '../wire/byte-writer.js';

/** The columns that all spans of one resource and scope share, encoded once and copied into each row. */
export class SpanPrelude {
  readonly #limits: RequestLimits;
  readonly #owner = new ByteWriter(256);
  readonly #scope = new ByteWriter(256);
  readonly #resource = new ByteWriter(2048);

  constructor(limits: RequestLimits) {
    this.#limits = limits;
  }

  setResource(tenant: string, resource: AttributeList): void {
    this.setOwner(tenant, resource);
    this.#resource.clear();
    resource.writeMap(this.#resource);
  }

  setOwner(tenant: string, resource: AttributeList): void {
    this.#owner.clear();
    this.#owner.string(tenant);
    this.#owner.string(this.#limits.columnText('environment', environmentName(resource)));
    this.#owner.string(this.#limits.name(serviceName(resource)));
    this.#scope.clear();
    this.#scope.u8(0);
  }

  setScope(bytes: Uint8Array, nameStart: number, nameEnd: number): void {
    this.#scope.clear();
    this.#limits.writeColumn(this.#scope, 'scope', bytes, nameStart, nameEnd);
  }

  /** tenant, environment, service */
  writeOwner(writer: ByteWriter): void {
    writer.append(this.#owner);
  }

  writeScope(writer: ByteWriter): void {
    writer.append(this.#scope);
  }

  /** scope, resource */
  writeOrigin(writer: ByteWriter): void {
    writer.append(this.#scope);
    writer.append(this.#resource);
  }
}
