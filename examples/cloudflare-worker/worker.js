// An ordinary Worker: its traces are native, see wrangler.toml.
export default {
  async fetch(request) {
    const name = new URL(request.url).searchParams.get('name');
    if (name === null) throw new Error('Nobody to greet: add ?name=…');
    return new Response(`Hello, ${name}\n`);
  },
};
