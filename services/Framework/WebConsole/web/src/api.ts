const key = "console-token";

/** Takes the token out of the URL, so that it stays in no history, and keeps it for this origin: host and port. */
export function keepToken() {
  const token = location.hash.slice(1);
  if (!/^[0-9a-f]{16,}$/.test(token)) return;
  localStorage.setItem(key, token);
  history.replaceState(null, "", location.pathname + location.search);
}

export class Failed extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const headers = () => ({ "Console-Token": localStorage.getItem(key) ?? "" });

async function ask(path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(`/api${path}`, init);
  } catch (e) {
    if (init.signal?.aborted) throw e;
    throw new Failed(0, "The console does not answer. Start it again.");
  }
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => null) as { error?: string } | null;
  throw new Failed(answer.status, body?.error ?? `The console answered ${answer.status}.`);
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return await (await ask(path, { headers: headers(), signal })).json() as T;
}

export async function post<T>(path: string, body: unknown = {}): Promise<T | undefined> {
  const answer = await ask(path, { method: "POST", headers: { ...headers(), "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const text = await answer.text();
  return text ? JSON.parse(text) as T : undefined;
}

/** Server-sent events over fetch: EventSource can send no header. Returns when the server ends the answer. */
export async function follow<T>(path: string, onEvent: (value: T) => void, signal: AbortSignal) {
  const answer = await ask(path, { headers: headers(), signal });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + value).split("\n\n");
    rest = events.pop()!;
    for (const event of events) {
      const data = event.split("\n").filter(line => line.startsWith("data: ")).map(line => line.slice(6)).join("\n");
      if (data) onEvent(JSON.parse(data) as T);
    }
  }
}
