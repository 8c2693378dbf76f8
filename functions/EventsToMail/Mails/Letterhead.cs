using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventsToMail.Mails;

/// <summary>What all mails have in common.</summary>
internal static class Letterhead
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Html(string text) => Encoder.Encode(text);

    public static string Text(Money money) => string.Create(CultureInfo.InvariantCulture, $"{money.Amount:#,0.00} {money.Currency}");

    /// <summary>A line break in a name would end the subject's header.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split([.. text.Where(char.IsControl)], StringSplitOptions.RemoveEmptyEntries));

    public static string Greeting(Addressee to) => to.Name is null ? "Hello," : $"Hello {OneLine(to.Name)},";

    /// <summary>A page around this body, which is HTML already.</summary>
    public static string Page(string title, string body) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Html(title)}</title></head>
        <body style="margin:0 auto;max-width:36em;padding:1.5em;font-family:sans-serif;line-height:1.5">
        {body}
        </body>
        </html>

        """.ReplaceLineEndings("\n");

    /// <summary>How a mail ends: why it was sent. HTML already.</summary>
    public static string Footer(string why) => $"""<p style="font-size:.85em;color:#555">{why}</p>""";
}
