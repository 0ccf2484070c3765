import process from 'node:process';

// The embedded engine runs its queries on libuv's thread pool, which file system calls share. The default of
// four threads would let four slow dashboards queries hold up the fsync an acknowledgement waits for.
// It must be set before the pool's first use, hence here and not in the program.
process.env.UV_THREADPOOL_SIZE ??= '24';

export async function launch(args) {
  const { main } = await import('../dist/cli/main.js');
  await main(args);
}
