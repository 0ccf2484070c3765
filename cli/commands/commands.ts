import type { Command } from '../command.js';
import { config } from './config.js';
import { doctor } from './doctor.js';
import { serve } from './serve.js';

/** Every command, in the order --help lists them. */
export const commands: readonly Command[] = [serve, doctor, config];
