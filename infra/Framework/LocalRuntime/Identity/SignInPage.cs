using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace ServerlessCqrs.LocalRuntime.Identity;

/// <summary>
/// The page that replaces Cognito's managed login: a button for each example account, and a form for other users.
/// </summary>
internal static class SignInPage
{
    private const string Style = """
        :root { color-scheme: light dark; --canvas: light-dark(#eaeeec, #0d1513); --surface: light-dark(#fbfcfb, #15201d); --sunken: light-dark(#e0e6e3, #1d2a26); --line: light-dark(#cbd5d0, #2c3b36); --edge: light-dark(#75867f, #6f827b); --ink: light-dark(#13221e, #e6edea); --ink-2: light-dark(#465751, #a9bab4); --solid: light-dark(#17352e, #dbe8e3); --on-solid: light-dark(#fff, #10201b); --focus: light-dark(#1554c0, #8ab8ff); }
        * { box-sizing: border-box; } body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--canvas); color: var(--ink); font: 1rem/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
        main { width: 100%; max-width: 26rem; padding: 2rem; background: var(--surface); border: 1px solid var(--line); border-radius: 14px; } h1 { margin: 0 0 .25rem; font-size: 1.5rem; letter-spacing: -.012em; } p { margin: 0; color: var(--ink-2); font-size: .875rem; }
        form { margin: 0; } .account { display: block; width: 100%; margin-top: .75rem; padding: .75rem 1rem; text-align: left; font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--edge); border-radius: 8px; cursor: pointer; } .account:hover { background: var(--sunken); } .account b { display: block; } .account span { color: var(--ink-2); font-size: .875rem; }
        details { margin-top: 1.25rem; border-top: 1px solid var(--line); padding-top: 1rem; } summary { cursor: pointer; font-size: .875rem; font-weight: 600; } label { display: block; margin-top: .75rem; font-size: .875rem; font-weight: 600; }
        input:not([type=hidden]), select { display: block; width: 100%; min-height: 2.75rem; margin-top: .25rem; padding: 0 .75rem; font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--edge); border-radius: 8px; } .solid { margin-top: 1rem; min-height: 2.75rem; padding: 0 1rem; font: inherit; font-weight: 600; color: var(--on-solid); background: var(--solid); border: 0; border-radius: 8px; cursor: pointer; }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
        """;

    public static Task WriteAsync(HttpContext http, IdentityOptions options, SignInRequest asked)
    {
        var hidden = string.Concat(Fields(options, asked).Select(field => $"""<input type="hidden" name="{field.Name}" value="{Html(field.Value)}">"""));
        var buttons = string.Concat(options.Accounts.Select(account => $"""
            <form method="post" action="/authorize">{hidden}{Who(account.Who)}<button class="account"><b>{account.Title}</b><span>{account.Text}</span></button></form>

            """));
        var groups = string.Concat(options.Groups.Names.OrderBy(group => group != options.Groups.Default).Select(group => $"<option>{group}</option>"));
        return WriteAsync(http, StatusCodes.Status200OK, "Sign in", $"""
            <h1>Sign in</h1>
            <p>This machine’s identity provider asks for no password.</p>
            {buttons}
            <details>
            <summary>Somebody else</summary>
            <form method="post" action="/authorize">{hidden}
            <label>User id<input name="sub" required maxlength="128" value="somebody-1"></label>
            <label>E-mail<input name="email" type="email" required maxlength="254" value="somebody-1@example.com"></label>
            <label>Role<select name="group">{groups}</select></label>
            <button class="solid">Sign in</button>
            </form>
            </details>
            """);
    }

    /// <summary>
    /// Shows an error on this page. It never redirects to an address that is not a page of this stack.
    /// </summary>
    public static Task RefuseAsync(HttpContext http, string reason) =>
        WriteAsync(http, StatusCodes.Status400BadRequest, "Sign-in failed", $"<h1>You cannot sign in this way</h1><p>{Html(reason)}</p>");

    private static Task WriteAsync(HttpContext http, int status, string title, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        // With no-referrer, the form's Origin would be null, and the server's guard would refuse it (Fetch standard, "append a request Origin header").
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        return http.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><style>{Style}</style></head>
            <body><main>{body}</main></body>
            </html>

            """,
            http.RequestAborted);
    }

    private static IEnumerable<(string Name, string Value)> Fields(IdentityOptions options, SignInRequest asked)
    {
        yield return ("client_id", options.Audience);
        yield return ("response_type", "code");
        yield return ("code_challenge_method", "S256");
        yield return ("redirect_uri", asked.RedirectUri);
        yield return ("code_challenge", asked.Challenge);
        if (asked.State is { } state) yield return ("state", state);
        if (asked.Nonce is { } nonce) yield return ("nonce", nonce);
    }

    private static string Who(TokenRequest who) =>
        $"""<input type="hidden" name="sub" value="{who.Subject}"><input type="hidden" name="email" value="{who.Email}"><input type="hidden" name="group" value="{who.Group}">""";

    private static string Html(string text) => HtmlEncoder.Default.Encode(text);
}
