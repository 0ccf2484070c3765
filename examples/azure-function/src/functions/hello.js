// An ordinary function: the host sends its runs by itself, see host.json. In Azure, set the OTEL_… settings of
// local.settings.json as application settings.
import { app } from '@azure/functions';

app.http('hello', {
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: async (request) => {
    const name = request.query.get('name');
    if (name === null) throw new Error('Nobody to greet: add ?name=…');
    return { body: `Hello, ${name}\n` };
  },
});
