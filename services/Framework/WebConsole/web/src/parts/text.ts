const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** "14:02:07" for today, else with its day. */
export function clock(text: string): string {
  const at = new Date(text);
  return at.toDateString() === new Date().toDateString() ? time.format(at) : `${day.format(at)}, ${time.format(at)}`;
}

export function milliseconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}

export function rate(perSecond: number): string {
  return perSecond === 0 ? "" : `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString("en")}/s`;
}

export const count = (n: number) => n.toLocaleString("en");

export const deadLetters = (n: number) => n === 1 ? "1 dead letter" : `${count(n)} dead letters`;

/** A long id, told apart by its beginning and end. */
export function short(stream: string): string {
  return stream.length <= 28 ? stream : `${stream.slice(0, stream.indexOf("-") + 9)}…${stream.slice(-4)}`;
}
