/** The parts of `arn:aws:lambda:<region>:<account>:function:<name>[:<qualifier>]`. */
export type LambdaArn = { region: string; account: string; function: string; qualifier: string };

/** Null when the text is not the ARN of a Lambda function. */
export function parseLambdaArn(text: string): LambdaArn | null {
  if (!text.startsWith('arn:aws')) return null;
  const [, , service, region, account, kind, name, qualifier] = text.split(':');
  if (service !== 'lambda' || kind !== 'function') return null;
  if (region === undefined || account === undefined || name === undefined || name === '') return null;
  return { region, account, function: name, qualifier: qualifier ?? '' };
}

/** A qualifier is a published version when it is a number or $LATEST, else the name of an alias. */
export function isVersion(qualifier: string): boolean {
  return qualifier === '$LATEST' || /^\d+$/.test(qualifier);
}
