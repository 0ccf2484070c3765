import { environmentName, serviceName } from '../classify/service-name.js';
import type { AttributeList } from '../otlp/attribute-list.js';
import { ByteWriter } from '../wire/byte-writer.js';

/** The columns that all spans of one resource and scope share, encoded once and copied into each row. */
export class SpanPrelude {
  readonly #owner = new ByteWriter(256);
  readonly #scope = new ByteWriter(256);
  readonly #resource = new ByteWriter(2048);

  setResource(tenant: string, resource: AttributeList): void {
    this.setOwner(tenant, resource);
    this.#resource.clear();
    resource.writeMap(this.#resource);
  }

  setOwner(tenant: string, resource: AttributeList): void {
    this.#owner.clear();
    this.#owner.string(tenant);
    this.#owner.string(environmentName(resource));
    this.#owner.string(serviceName(resource));
    this.#scope.clear();
    this.#scope.u8(0);
  }

  setScope(bytes: Uint8Array, nameStart: number, nameEnd: number): void {
    this.#scope.clear();
    this.#scope.text(bytes, nameStart, nameEnd);
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
