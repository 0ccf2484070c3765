import type { Command } from '../command.js';
import { backup } from './backup.js';
import { config } from './config.js';
import { cost } from './cost.js';
import { demo } from './demo.js';
import { deploy } from './deploy.js';
import { disk } from './disk.js';
import { doctor } from './doctor.js';
import { gate } from './gate.js';
import { migrateCommandInFrame } from './migrate-command.js';
import { receivers } from './receivers.js';
import { restore } from './restore.js';
import { serve } from './serve.js';
import { slo } from './slo.js';
import { spool } from './spool.js';
import { tokenCommand } from './token-command.js';

/** Every command, in the order --help lists them. */
export const commands: readonly Command[] = [
  serve,
  doctor,
  config,
  tokenCommand,
  deploy,
  disk,
  spool,
  backup,
  restore,
  migrateCommandInFrame,
  slo,
  receivers,
  gate,
  cost,
  demo,
];
