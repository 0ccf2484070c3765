// An ordinary handler: with the OpenTelemetry layer no line of it speaks of telemetry. See template.yaml.
export async function handler(event) {
  const name = event.queryStringParameters?.name;
  if (name === undefined) throw new Error('Nobody to greet: add ?name=…');
  return { statusCode: 200, body: `Hello, ${name}` };
}
