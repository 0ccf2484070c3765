"""An ordinary handler: with the OpenTelemetry layer no line of it speaks of telemetry. See template.yaml."""


def handler(event, _context):
    name = (event.get("queryStringParameters") or {}).get("name")
    if name is None:
        raise ValueError("Nobody to greet: add ?name=…")
    return {"statusCode": 200, "body": f"Hello, {name}"}
