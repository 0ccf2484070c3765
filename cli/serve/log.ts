import { type Logger, pino, stdTimeFunctions } from 'pino';
import { PinoPretty } from 'pino-pretty';

export type LogOptions = {
  level: string;
  /** `auto` is pretty on a terminal and JSON everywhere else. */
  format: 'auto' | 'json' | 'pretty';
  isTerminal: boolean;
};

/** Whatever carries a credential is never written down. */
const redact = ['headers.authorization', 'headers.cookie', 'headers["x-api-key"]', '*.password', '*.secret'];

/** Structured logs on standard output: one JSON line each, or a readable line for a person at a terminal. */
export function createLog({ level, format, isTerminal }: LogOptions): Logger {
  const isPretty = format === 'pretty' || (format === 'auto' && isTerminal);
  if (isPretty) {
    const pretty = PinoPretty({
      colorize: isTerminal,
      translateTime: 'SYS:HH:MM:ss.l',
      ignore: 'pid,hostname',
      singleLine: true,
      sync: true,
    });
    return pino({ level, redact, base: null }, pretty);
  }
  return pino({
    level,
    redact,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}

/** For the HTTP shell, which announces its address by itself; we log our own line. Request lines need `debug`. */
export function shellLog(log: Logger): Logger {
  return log.isLevelEnabled('debug') ? log : log.child({}, { level: 'warn' });
}
