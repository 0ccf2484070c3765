import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  // Nothing inline, so that the content security policy needs no exception: no data: URLs, no polyfill script.
  build: {
    outDir: here('../../dist/dashboards/app'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['chrome111', 'firefox114', 'safari16.4'],
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Whatever chunk builds a schema gets zod with eval already off; see browser/without-eval.ts.
          groups: [{ name: 'zod', test: /node_modules\/zod\/|browser\/without-eval/ }],
        },
      },
    },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
