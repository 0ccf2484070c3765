import { fileURLToPath } from 'node:url';

/** The folder of package.json; this file runs from dist/test/support. */
export const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url));
