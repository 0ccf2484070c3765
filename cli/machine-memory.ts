import { totalmem } from 'node:os';
import process from 'node:process';

export type MachineMemory = { machineBytes: number; containerBytes: number | null };

/** Memory of the machine, and of the container around this process; node reads cgroup v1 and v2 alike. */
export function machineMemory(): MachineMemory {
  const machineBytes = totalmem();
  const constrained = process.constrainedMemory();
  // Without a limit node answers 0, undefined or a number no machine has.
  const limited = constrained !== undefined && constrained > 0 && constrained < machineBytes;
  return { machineBytes, containerBytes: limited ? constrained : null };
}

/** What may really be used. */
export function usableMemoryBytes({ machineBytes, containerBytes }: MachineMemory): number {
  return containerBytes ?? machineBytes;
}
