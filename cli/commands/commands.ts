import type { Command } from '../command.js';
import { config } from './config.js';
import { demo } from './demo.js';
import { disk } from './disk.js';
import { doctor } from './doctor.js';
import { migrateCommandInFrame } from './migrate-command.js';
import { serve } from './serve.js';
import { slo } from './slo.js';
import { tokenCommand } from './token-command.js';

/** Every command, in the order --help lists them. */
export const commands: readonly Command[] = [
  serve,
  doctor,
  config,
  tokenCommand,
  disk,
  migrateCommandInFrame,
  slo,
  demo,
];
