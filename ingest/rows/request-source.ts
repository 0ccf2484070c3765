import type { AttributeReader } from '../classify/known-keys.js';

/** Who made a request, as the first of its resources says. */
export class RequestSource {
  #isKnown = false;
  service = '';
  /** Language and version of the SDK, such as "nodejs 2.12.0". */
  sdk = '';

  clear(): void {
    this.#isKnown = false;
    this.service = '';
    this.sdk = '';
  }

  see(resource: AttributeReader): void {
    if (this.#isKnown) return;
    this.#isKnown = true;
    this.service = resource.text('service.name') ?? resource.text('faas.name') ?? '';
    const language = resource.text('telemetry.sdk.language') ?? resource.text('telemetry.sdk.name') ?? '';
    this.sdk = `${language} ${resource.text('telemetry.sdk.version') ?? ''}`.trim();
  }
}
