#!/usr/bin/env node
// The door of the installed program. Written for very old Node versions on purpose (no static imports, no newer
// syntax): whoever runs one deserves a sentence, not a syntax error. Everything else waits behind the import.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `coldburn: needs Node 20.19 or newer, this is ${process.versions.node}. Install a current Node (https://nodejs.org) and run it again.\n`,
  );
  process.exitCode = 1;
} else {
  import('./launch.mjs')
    .then(({ launch }) => launch(process.argv.slice(2)))
    .catch((error) => {
      process.stderr.write(
        `coldburn: the program cannot be loaded (${error.message.split('\n')[0]}). In a clone run "npm ci && npm run build"; otherwise install coldburn again.\n`,
      );
      process.exitCode = 1;
    });
}
