import { StartupError } from '../../schemas/startup-error.js';

/** What it means that somebody ended the command, instead of the error that followed from it. */
export function stopped(signal: AbortSignal, meaning: string, cause: unknown): StartupError {
  return new StartupError(`Stopped by ${String(signal.reason)}: ${meaning}.`, { cause });
}
