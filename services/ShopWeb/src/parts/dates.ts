const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const exactClock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

const isToday = (date: Date) => date.toDateString() === new Date().toDateString();

/** "Today, 14:02", else the day. */
export const when = (iso: string) => (isToday(new Date(iso)) ? `Today, ${clock.format(new Date(iso))}` : day.format(new Date(iso)));

export const onDay = (iso: string) => day.format(new Date(iso));

export const onShortDay = (iso: string) => shortDay.format(new Date(iso));

export const atClock = (iso: string) => clock.format(new Date(iso));

export const atExactClock = (iso: string) => exactClock.format(new Date(iso));

/** How much later, as in "+ 391 ms" or "+ 3.9 s". */
export function later(from: string, to: string): string {
  const ms = Date.parse(to) - Date.parse(from);
  return ms < 1000 ? `+ ${Math.max(0, Math.round(ms))} ms` : `+ ${(ms / 1000).toFixed(1)} s`;
}
