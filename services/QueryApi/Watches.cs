using System.Text;
using System.Text.Encodings.Web;

namespace ServerlessCqrs.QueryApi;

/// <summary>
/// The target of the link in a mail. The page asks for confirmation, and its button posts to the same path, which the
/// command service handles. Reading the page changes nothing, because mail scanners follow every link (RFC 8058,
/// section 1).
/// </summary>
public static class UnsubscribeRoutes
{
    public static IEndpointRouteBuilder MapUnsubscribePage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/unsubscribe/{token}", Page).ExcludeFromDescription();
        return routes;
    }

    private static IResult Page(string token, HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; form-action 'self'; frame-ancestors 'none'";
        return TypedResults.Content(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>Unsubscribe</title></head>
            <body>
            <h1>No more mail about this product?</h1>
            <form method="post" action="/unsubscribe/{HtmlEncoder.Default.Encode(Uri.EscapeDataString(token))}">
            <input type="hidden" name="List-Unsubscribe" value="One-Click">
            <button type="submit">Unsubscribe</button>
            </form>
            </body>
            </html>
            """,
            "text/html",
            Encoding.UTF8);
    }
}
