import { z } from 'zod';

// Must be evaluated before any schema is built, hence a module of its own, imported first: a schema built earlier
// probes for eval, which the page's content security policy forbids and every browser reports.
z.config({ jitless: true });
