/** All digits in a row, or in the groups printed on cards. */
const candidates =
  /(?<!\d)(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{5})(?!\d)/g;

/** First digits and lengths of Visa, Mastercard, American Express, Discover, JCB and Diners Club. */
const brands =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|4|5)\d{12,13}|35\d{14}|3[068]\d{12})$/;

/** Replaces card numbers: known brands of their length whose check digit is right, so that ids and times stay. */
export function replaceCards(text: string, replacement: (card: string) => string): string {
  return text.replace(candidates, (found) => {
    const digits = found.replace(/[ -]/g, '');
    return brands.test(digits) && hasCheckDigit(digits) ? replacement(found) : found;
  });
}

/** Luhn's sum. */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
