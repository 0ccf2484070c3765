/** Names the process that sends, so that a receiver can tell its own telemetry when it is pointed at itself. */
export const originHeader = 'x-coldburn-origin';
