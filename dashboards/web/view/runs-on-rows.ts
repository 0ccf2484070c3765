import type { Inventory } from '../../../schemas/inventory.js';
import { unknown } from './figure.js';

const MiB = 2 ** 20;

/** What a function runs on, in words; what is not told is said to be unknown, and rarer facts are left out then. */
export function runsOnRows(inventory: Inventory | null): { label: string; text: string }[] {
  if (inventory === null)
    return [
      { label: 'Runtime', text: unknown },
      { label: 'Memory', text: unknown },
    ];
  const { runtimes, platforms, architectures, triggers, memoryBytes, memoryUsedMaxBytes } = inventory;
  const used = memoryUsedMaxBytes === null ? '' : `at most ${mebibytes(memoryUsedMaxBytes)} used`;
  const sizes = memoryBytes.map(mebibytes).join(', ');
  const rows = [
    { label: 'Runtime', text: runtimes.join(', ') || 'not told' },
    { label: 'Memory', text: [sizes, used].filter((text) => text !== '').join(', ') || 'not told' },
    {
      label: 'Platform',
      text: [...platforms.map((one) => one.replaceAll('_', ' ')), ...architectures].join(', '),
    },
    { label: 'Started by', text: triggers.join(', ') },
  ];
  return rows.filter(({ text }) => text !== '');
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / MiB).toLocaleString('en')} MiB`;
}
