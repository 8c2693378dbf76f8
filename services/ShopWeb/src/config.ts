/** What differs from one environment to the next. The edge serves it beside the page. */
export type Config = {
  /** The OpenID Connect issuer, without a slash at its end. */
  issuer: string;
  clientId: string;
};

let loading: Promise<Config> | undefined;

export function loadConfig(): Promise<Config> {
  loading ??= fetch("/config.json").then(async response => {
    if (!response.ok) throw new Error(`config.json answered ${response.status}.`);
    return (await response.json()) as Config;
  });
  // A failed attempt must not stick: the next caller asks again.
  loading.catch(() => (loading = undefined));
  return loading;
}
