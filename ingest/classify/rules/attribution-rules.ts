import type { AttributionSettings } from '../../../schemas/config/classification.js';
import type { Invocation } from '../invocation.js';
import type { AttributeReader } from '../known-keys.js';
import { firstText, type ReadKey, readKey, readText } from '../read-key.js';
import { matchesAny } from './glob.js';
import { RememberedByName } from './remembered-by-name.js';

type Owner = { team: string; product: string };

/** Whom an invocation belongs to: as the span says, else its resource, else the owner configured for the function. */
export class AttributionRules {
  readonly #team: readonly ReadKey[];
  readonly #product: readonly ReadKey[];
  readonly #feature: readonly ReadKey[];
  readonly #customer: readonly ReadKey[];
  readonly #tags: readonly { name: string; key: ReadKey }[];
  readonly #owners: RememberedByName<Owner> | null;

  constructor({ team, product, feature, customer, tags, owners }: AttributionSettings) {
    this.#team = team.map(readKey);
    this.#product = product.map(readKey);
    this.#feature = feature.map(readKey);
    this.#customer = customer.map(readKey);
    this.#tags = tags.map((name) => ({ name, key: readKey(name) }));
    this.#owners =
      owners.length === 0
        ? null
        : new RememberedByName((name) => {
            const matching = owners.filter(({ functions }) => matchesAny(functions, name));
            return {
              team: matching.find((owner) => owner.team !== undefined)?.team ?? '',
              product: matching.find((owner) => owner.product !== undefined)?.product ?? '',
            };
          });
  }

  /** What the resource says, for all its spans. */
  fromResource(invocation: Invocation, resource: AttributeReader): void {
    this.#read(invocation, resource);
    this.#readTags(invocation, resource);
  }

  /** What the span says wins. */
  fromSpan(invocation: Invocation, attributes: AttributeReader): void {
    this.#read(invocation, attributes);
    this.#readTags(invocation, attributes);
  }

  /** What nobody said. */
  fromOwner(invocation: Invocation): void {
    if (this.#owners === null || (invocation.team !== '' && invocation.product !== '')) return;
    const owner = this.#owners.of(invocation.function);
    invocation.team ||= owner.team;
    invocation.product ||= owner.product;
  }

  #read(invocation: Invocation, attributes: AttributeReader): void {
    invocation.team = firstText(attributes, this.#team) ?? invocation.team;
    invocation.product = firstText(attributes, this.#product) ?? invocation.product;
    invocation.feature = firstText(attributes, this.#feature) ?? invocation.feature;
    invocation.customer = firstText(attributes, this.#customer) ?? invocation.customer;
  }

  #readTags(invocation: Invocation, attributes: AttributeReader): void {
    let tags: Map<string, string> | null = null;
    for (const { name, key } of this.#tags) {
      const text = readText(attributes, key);
      if (text === null) continue;
      tags ??= new Map(invocation.tags);
      tags.set(name, text);
    }
    if (tags !== null) invocation.tags = tags;
  }
}
