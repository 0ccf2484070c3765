/** How much one item, and one tenant in a day, may bring. All are whole numbers above 0. */
export type LimitSettings = {
  readonly attributesPerItem: number;
  readonly keyBytes: number;
  readonly valueBytes: number;
  readonly nameBytes: number;
  readonly bodyBytes: number;
  readonly functions: number;
  readonly attributeKeys: number;
  readonly spanNames: number;
  readonly metricNames: number;
  readonly columnValues: number;
};

export const limitNames = [
  'attributesPerItem',
  'keyBytes',
  'valueBytes',
  'nameBytes',
  'bodyBytes',
  'functions',
  'attributeKeys',
  'spanNames',
  'metricNames',
  'columnValues',
] as const satisfies readonly (keyof LimitSettings)[];

export type LimitName = (typeof limitNames)[number];

/**
 * What becomes of that which is over a limit: `truncate` cuts a text and marks it, `drop-attribute` leaves one attribute
 * out, `fold` files it under "(other)", `refuse` does not store the item.
 */
export const limitOutcomes = {
  attributesPerItem: 'drop-attribute',
  keyBytes: 'drop-attribute',
  valueBytes: 'truncate',
  nameBytes: 'truncate',
  bodyBytes: 'truncate',
  functions: 'refuse',
  attributeKeys: 'drop-attribute',
  spanNames: 'fold',
  metricNames: 'refuse',
  columnValues: 'fold',
} as const satisfies Record<LimitName, string>;

export type LimitCounts = Readonly<Partial<Record<LimitName, number>>>;
