const formats = new Map<string, Intl.NumberFormat>();

/** An amount with its currency, as in $80.00. */
export function money(amount: number, currency: string): string {
  let format = formats.get(currency);
  if (!format) formats.set(currency, (format = new Intl.NumberFormat("en-US", { style: "currency", currency })));
  return format.format(amount);
}

/** The sign that stands in a price field. */
export const currencySign = (currency: string) =>
  new Intl.NumberFormat("en-US", { style: "currency", currency }).formatToParts(0).find(part => part.type === "currency")?.value ?? currency;

/** Reads what a person typed. Undefined for anything but a number with at most two decimals. */
export const amountOf = (text: string): number | undefined => (/^\d{1,9}([.,]\d{1,2})?$/.test(text.trim()) ? Number(text.trim().replace(",", ".")) : undefined);

/** Rounded to the cent. */
export const cents = (amount: number) => Math.round(amount * 100) / 100;
