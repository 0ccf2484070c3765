import { after, before, describe } from 'node:test';
import type { Warehouse } from '../../warehouse/warehouse.js';
import type { WarehouseLimits } from '../../warehouse/warehouse-limits.js';
import { embeddedWarehouse, type TestWarehouse } from './embedded-warehouse.js';
import { serverWarehouse } from './server-warehouse.js';

const modes: Record<Warehouse['mode'], (limits?: WarehouseLimits) => Promise<TestWarehouse>> = {
  embedded: embeddedWarehouse,
  server: serverWarehouse,
};

/** Defines the same promises for the embedded engine and for a server, each with a warehouse of its own. */
export function inEveryMode(
  subject: string,
  define: (warehouse: () => Warehouse) => void,
  limits?: WarehouseLimits,
): void {
  for (const [mode, open] of Object.entries(modes)) {
    describe(`${subject}, ${mode}`, () => {
      let opened: TestWarehouse | null = null;
      before(async () => {
        opened = await open(limits);
      });
      after(() => opened?.close());
      define(() => {
        if (opened === null) throw new Error('The warehouse is open only while the tests run');
        return opened.warehouse;
      });
    });
  }
}
